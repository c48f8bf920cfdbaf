package mechanics.kernel;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Signatures and documentation of what the cursor is on. */
record Inspection(SourceCodeAnalysis analysis, LibraryDocs library) {

    private static final int MOST_OVERLOADS = 8;

    /** @param at the cursor in Unicode code points, as Jupyter counts */
    Optional<DisplayData> inspect(String code, int at) {
        int end = CodePoints.toIndex(code, at);
        if (!Lexeme.isCode(code, end)) {
            return Optional.empty();
        }
        while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
            end++;
        }
        String name = code.substring(0, end);
        List<Documentation> found = documentation(name + "(");
        if (found.isEmpty()) {
            found = documentation(name);
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DisplayData(
                found.stream().limit(MOST_OVERLOADS).map(this::text).collect(Collectors.joining("\n\n"))));
    }

    private List<Documentation> documentation(String code) {
        return analysis.documentation(code, code.length(), true);
    }

    private String text(Documentation documentation) {
        String signature = "\u001b[1m" + documentation.signature() + "\u001b[0m";
        return Optional.ofNullable(documentation.javadoc()).filter(comment -> !comment.isBlank())
                .or(() -> library.comment(documentation.signature()))
                .map(comment -> signature + "\n" + Javadoc.toText(comment).indent(4).stripTrailing())
                .orElse(signature);
    }
}
