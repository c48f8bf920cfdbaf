package mechanics.kernel;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jdk.jshell.Snippet;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;

/** What can follow what the user has typed. */
record Completion(Session session, MagicsRegistry magics) {

    private static final Pattern MAGIC = Pattern.compile("(?m)^(?<percent>%%?)(?<start>\\w*)\\z");

    /** @param at the cursor in Unicode code points, as Jupyter counts */
    ReplacementOptions complete(String code, int at) {
        int cursor = CodePoints.toIndex(code, at);
        String before = code.substring(0, cursor);
        Matcher magic = MAGIC.matcher(before);
        if (magic.find()) {
            Set<String> names = magic.group("percent").length() == 2
                    ? magics.getCellMagicNames()
                    : magics.getLineMagicNames();
            List<String> matches = names.stream().filter(name -> name.startsWith(magic.group("start")))
                    .sorted()
                    .map(name -> magic.group("percent") + name).toList();
            return new ReplacementOptions(matches, CodePoints.fromIndex(code, magic.start()), at);
        }
        if (!Lexeme.isCode(code, cursor)) {
            return null;
        }
        int[] anchor = new int[1];
        List<String> matches = matches(before, anchor);
        int start = anchor[0];
        if (matches.isEmpty()) {
            // Declarations above in the same cell hide the place from JShell: show it the statements as one block.
            String block = block(before);
            matches = matches(block, anchor);
            start = before.length() - (block.length() - anchor[0]);
        }
        return matches.isEmpty()
                ? null
                : new ReplacementOptions(matches, CodePoints.fromIndex(code, start), at);
    }

    private List<String> matches(String before, int[] anchor) {
        List<Suggestion> suggestions = session.analysis().completionSuggestions(before, before.length(),
                anchor);
        // Those of the type that is needed here come first.
        return Stream.concat(suggestions.stream().filter(Suggestion::matchesType),
                suggestions.stream().filter(suggestion -> !suggestion.matchesType()))
                .map(Suggestion::continuation)
                .distinct().toList();
    }

    /** An open block of what can stand in one: no magics, imports or methods. Ends as the text ends. */
    private String block(String before) {
        List<Piece> pieces = session.reader().read(before);
        if (pieces.isEmpty()) {
            return "{" + before;
        }
        StringBuilder block = new StringBuilder("{");
        for (Piece piece : pieces.subList(0, pieces.size() - 1)) {
            if (piece instanceof Piece.Code code && standsInBlock(code)) {
                block.append(code.source()).append('\n');
            }
        }
        block.append(before.substring(pieces.getLast().offset()));
        return block.toString();
    }

    private boolean standsInBlock(Piece.Code code) {
        return session.analysis().sourceToSnippets(code.source()).stream().map(Snippet::kind)
                .noneMatch(kind -> kind == Snippet.Kind.IMPORT || kind == Snippet.Kind.METHOD);
    }

    /** The indentation of the line that follows unfinished code. */
    static String indentation(String code) {
        String last = code.stripTrailing().lines().reduce("", (first, second) -> second);
        String indent = last.substring(0, last.length() - last.stripLeading().length());
        return last.endsWith("{") || last.endsWith("(") ? indent + "    " : indent;
    }
}
