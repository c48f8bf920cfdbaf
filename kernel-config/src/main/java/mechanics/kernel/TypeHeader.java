package mechanics.kernel;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a declaration of a type says before its body.
 *
 * @param kind       {@code class}, {@code interface}, {@code enum} or {@code record}
 * @param name       of the type
 * @param sealed     whether it says so
 * @param open       whether it says non-sealed
 * @param permitting whether it names the types that it permits
 * @param supertypes all names after {@code extends} and {@code implements}
 * @param body       the place of the brace that opens its body
 */
record TypeHeader(String kind, String name, boolean sealed, boolean open, boolean permitting,
        Set<String> supertypes, int body) {

    private static final Set<String> KINDS = Set.of("class", "interface", "enum", "record");
    private static final Set<String> MODIFIERS = Set.of("public", "protected", "private", "static", "final",
            "abstract", "sealed", "non", "strictfp");

    /** Empty if the source does not begin with a declaration of a type that has a body. */
    static Optional<TypeHeader> of(String source) {
        List<Lexeme> code = code(source);
        int at = 0;
        boolean sealed = false;
        boolean open = false;
        while (at < code.size()) {
            String word = code.get(at).text(source);
            if (word.equals("@") && at + 1 < code.size()
                    && !code.get(at + 1).text(source).equals("interface")) {
                at = afterAnnotation(source, code, at + 2);
            } else if (MODIFIERS.contains(word) || word.equals("-") || word.equals("@")) {
                boolean negated = at > 0 && code.get(at - 1).text(source).equals("-");
                sealed |= word.equals("sealed") && !negated;
                open |= word.equals("sealed") && negated;
                at++;
            } else {
                break;
            }
        }
        if (at + 1 >= code.size() || !KINDS.contains(code.get(at).text(source))
                || code.get(at + 1).kind() != Lexeme.Kind.WORD) {
            return Optional.empty();
        }
        return rest(source, code, at, sealed, open);
    }

    private static List<Lexeme> code(String source) {
        List<Lexeme> code = new ArrayList<>(Lexeme.of(source));
        code.removeIf(lexeme -> lexeme.kind() == Lexeme.Kind.COMMENT);
        return code;
    }

    /** After the qualified name and the arguments of an annotation; {@code at} is behind the name's first part. */
    private static int afterAnnotation(String source, List<Lexeme> code, int at) {
        int next = at;
        while (next + 1 < code.size() && code.get(next).text(source).equals(".")) {
            next += 2;
        }
        if (next >= code.size() || !code.get(next).text(source).equals("(")) {
            return next;
        }
        int depth = 0;
        do {
            depth += depth(code.get(next++).text(source));
        } while (next < code.size() && depth > 0);
        return next;
    }

    private static int depth(String sign) {
        return switch (sign) {
            case "(" -> 1;
            case ")" -> -1;
            default -> 0;
        };
    }

    private static Optional<TypeHeader> rest(String source, List<Lexeme> code, int at, boolean sealed,
            boolean open) {
        String kind = code.get(at).text(source);
        String name = code.get(at + 1).text(source);
        boolean inherits = false;
        boolean permitting = false;
        int parentheses = 0;
        Set<String> supertypes = new LinkedHashSet<>();
        for (Lexeme lexeme : code.subList(at + 2, code.size())) {
            String text = lexeme.text(source);
            parentheses += depth(text);
            if (parentheses > 0) {
                continue; // the components of a record
            }
            switch (text) {
                case "{" -> {
                    return Optional.of(new TypeHeader(kind, name, sealed, open, permitting, supertypes,
                            lexeme.start()));
                }
                case ";", "=" -> {
                    return Optional.empty();
                }
                case "extends", "implements" -> inherits = true;
                case "permits" -> {
                    permitting = true;
                    inherits = false;
                }
                default -> {
                    if (inherits && lexeme.kind() == Lexeme.Kind.WORD) {
                        supertypes.add(text);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** All simple names in a source: words that do not follow a dot. */
    static Set<String> mentions(String source) {
        Set<String> names = new LinkedHashSet<>();
        boolean afterDot = false;
        for (Lexeme lexeme : code(source)) {
            if (lexeme.kind() == Lexeme.Kind.WORD && !afterDot) {
                names.add(lexeme.text(source));
            }
            afterDot = lexeme.text(source).equals(".");
        }
        return names;
    }
}
