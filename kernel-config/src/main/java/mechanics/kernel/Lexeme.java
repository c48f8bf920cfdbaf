package mechanics.kernel;

import java.util.ArrayList;
import java.util.List;

/**
 * A word, comment, literal or sign of Java source, however unfinished the source is.
 *
 * @param start of its first character
 * @param end   after its last character
 * @param open  a comment or literal that its end does not close
 */
record Lexeme(Kind kind, int start, int end, boolean open) {

    /** What it is. */
    enum Kind {
        /** An identifier, a keyword or a number. */
        WORD,
        /** To the end of the line, or between its marks. */
        COMMENT,
        /** A string, a text block or a character. */
        LITERAL,
        /** One sign of Java's own. */
        SIGN,
        /** What no Java source contains outside of comments and literals. */
        FOREIGN
    }

    private static final String SIGNS = "(){}[];,.@=<>!~?:&|+-*/^%\\";
    private static final String TEXT_BLOCK = "\"\"\"";

    /** Everything in a source but white space, in order. */
    static List<Lexeme> of(String source) {
        List<Lexeme> all = new ArrayList<>();
        int at = 0;
        while (at < source.length()) {
            int character = source.codePointAt(at);
            if (Character.isWhitespace(character)) {
                at += Character.charCount(character);
            } else {
                Lexeme next = next(source, at, character);
                all.add(next);
                at = next.end;
            }
        }
        return all;
    }

    private static Lexeme next(String source, int at, int character) {
        if (source.startsWith("//", at)) {
            int end = source.indexOf('\n', at);
            return new Lexeme(Kind.COMMENT, at, end < 0 ? source.length() : end, true);
        }
        if (source.startsWith("/*", at)) {
            return closed(Kind.COMMENT, source, at, source.indexOf("*/", at + 2), 2);
        }
        if (source.startsWith(TEXT_BLOCK, at)) {
            return literal(source, at, TEXT_BLOCK);
        }
        if (character == '"' || character == '\'') {
            return literal(source, at, Character.toString(character));
        }
        if (Character.isJavaIdentifierPart(character)) {
            int end = at;
            while (end < source.length() && Character.isJavaIdentifierPart(source.codePointAt(end))) {
                end += Character.charCount(source.codePointAt(end));
            }
            return new Lexeme(Kind.WORD, at, end, false);
        }
        Kind kind = SIGNS.indexOf(character) >= 0 ? Kind.SIGN : Kind.FOREIGN;
        return new Lexeme(kind, at, at + Character.charCount(character), false);
    }

    private static Lexeme closed(Kind kind, String source, int start, int mark, int length) {
        return mark < 0
                ? new Lexeme(kind, start, source.length(), true)
                : new Lexeme(kind, start, mark + length, false);
    }

    private static Lexeme literal(String source, int start, String quote) {
        boolean oneLine = quote.length() == 1;
        int at = start + quote.length();
        while (at < source.length() && !source.startsWith(quote, at)) {
            if (oneLine && source.charAt(at) == '\n') {
                return new Lexeme(Kind.LITERAL, start, at, true);
            }
            at += source.charAt(at) == '\\' ? 2 : 1;
        }
        return closed(Kind.LITERAL, source, start, at < source.length() ? at : -1, quote.length());
    }

    /** Whether code stands before a place, or begins there: no comment, literal or foreign character goes on in it. */
    static boolean isCode(String source, int at) {
        for (Lexeme lexeme : of(source.substring(0, at))) {
            boolean touches = lexeme.end == at;
            switch (lexeme.kind) {
                case COMMENT, LITERAL -> {
                    if (touches && lexeme.open) {
                        return false;
                    }
                }
                case FOREIGN -> {
                    if (touches) {
                        return false;
                    }
                }
                case WORD, SIGN -> {
                }
            }
        }
        return true;
    }

    String text(String source) { return source.substring(start, end); }
}
