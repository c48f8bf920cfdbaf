package mechanics.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** Splits a cell into snippets and magics. */
final class CellReader {

    /** How much of an input there is. */
    enum State {
        /** It can be evaluated. */
        COMPLETE,
        /** More has to follow. */
        INCOMPLETE,
        /** Nothing that follows would make it right. */
        WRONG
    }

    private static final Pattern CELL_MAGIC = Pattern
            .compile("\\A\\s*%%(?<name>\\w+)(?<arguments>.*)(?:\\R(?<body>(?s:.*)))?");
    private static final Pattern LINE_MAGIC = Pattern
            .compile("(?m)^[ \t]*%(?<name>[A-Za-z]\\w*)(?<arguments>.*)$");
    private static final Pattern ARGUMENT = Pattern.compile("\"(?<quoted>[^\"]*)\"|(?<plain>\\S+)");

    private final SourceCodeAnalysis analysis;

    CellReader(SourceCodeAnalysis analysis) { this.analysis = analysis; }

    /** The pieces in order; an unsound one is the last. */
    List<Piece> read(String source) {
        Matcher whole = CELL_MAGIC.matcher(source);
        if (whole.lookingAt()) {
            String body = whole.group("body");
            return List.of(new Piece.CellMagic(whole.start("name"), whole.group("name"),
                    arguments(whole.group("arguments")), body == null ? "" : body));
        }
        List<Piece> pieces = new ArrayList<>();
        int from = 0;
        Matcher line = LINE_MAGIC.matcher(source);
        while (line.find()) {
            List<Piece> before = snippets(source.substring(from, line.start()), from);
            // Inside a text block, a comment or an expression that goes on, the line is no magic.
            if (!goesOn(before, source.substring(0, line.start()))) {
                pieces.addAll(before);
                pieces.add(new Piece.LineMagic(line.start(), line.group("name"),
                        arguments(line.group("name"), line.group("arguments"))));
                from = line.end();
            }
        }
        pieces.addAll(snippets(source.substring(from), from));
        return pieces;
    }

    /** Whether the input can be evaluated as it is. */
    State state(String source) {
        for (Piece piece : read(source)) {
            if (piece instanceof Piece.Code code) {
                if (code.unsound()) {
                    return analysis.analyzeCompletion(code.source()).completeness() == Completeness.UNKNOWN
                            ? State.WRONG
                            : State.INCOMPLETE;
                }
                // JShell splits by brackets and semicolons and does not look closer.
                if (!Syntax.isJava(code.source())) {
                    return State.WRONG;
                }
            }
        }
        return State.COMPLETE;
    }

    /** Code after {@code %time} is one argument, as it stands. */
    private static List<String> arguments(String magic, String line) {
        return magic.equals("time") && !line.isBlank() ? List.of(line.strip()) : arguments(line);
    }

    /** The words of a magic's line; quotes keep spaces. */
    static List<String> arguments(String line) {
        return ARGUMENT.matcher(line).results()
                .map(match -> match.group("quoted") != null ? match.group("quoted") : match.group("plain"))
                .toList();
    }

    /** Whether the last snippet of a text may go on in the next line. */
    private static boolean goesOn(List<Piece> pieces, String text) {
        if (pieces.isEmpty() || !(pieces.getLast() instanceof Piece.Code last)) {
            return false;
        }
        // JShell adds the semicolon that is missing.
        boolean ended = text.startsWith(last.source(), last.offset())
                && (last.source().endsWith(";") || last.source().endsWith("}"));
        return last.unsound() || !ended;
    }

    private List<Piece> snippets(String source, int offset) {
        List<Piece> pieces = new ArrayList<>();
        String rest = source;
        while (!rest.isBlank()) {
            // Without the space before it: JShell miscounts the lines of a snippet that begins with empty ones.
            rest = rest.stripLeading();
            int start = offset + source.length() - rest.length();
            CompletionInfo info = analysis.analyzeCompletion(rest);
            if (info.completeness() == Completeness.EMPTY) {
                break;
            }
            // Considered incomplete is a header whose statement is missing, as in `while (true)`. Whatever JShell says,
            // the rest has to shrink.
            boolean whole = switch (info.completeness()) {
                case COMPLETE, COMPLETE_WITH_SEMI ->
                    info.source() != null && info.remaining().length() < rest.length();
                case CONSIDERED_INCOMPLETE, DEFINITELY_INCOMPLETE, EMPTY, UNKNOWN -> false;
            };
            if (!whole) {
                pieces.add(new Piece.Code(start, rest, true));
                break;
            }
            if (!info.source().strip().equals(";")) {
                pieces.add(new Piece.Code(start, info.source().stripTrailing(), false));
            }
            rest = info.remaining();
        }
        return pieces;
    }
}
