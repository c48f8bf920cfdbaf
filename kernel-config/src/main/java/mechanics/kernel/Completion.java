package mechanics.kernel;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
        int[] anchor = new int[1];
        int start = 0;
        List<String> matches = matches(before, anchor);
        if (matches.isEmpty()) {
            // Declarations above in the same cell can hide the place from JShell: look at the last snippet alone.
            start = lastSnippet(before);
            matches = start == 0 ? matches : matches(before.substring(start), anchor);
        }
        return matches.isEmpty()
                ? null
                : new ReplacementOptions(matches, CodePoints.fromIndex(code, start + anchor[0]), at);
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

    private int lastSnippet(String before) {
        List<Piece> pieces = session.reader().read(before);
        return pieces.isEmpty() ? 0 : pieces.getLast().offset();
    }

    /** The indentation of the line that follows unfinished code. */
    static String indentation(String code) {
        String last = code.stripTrailing().lines().reduce("", (first, second) -> second);
        String indent = last.substring(0, last.length() - last.stripLeading().length());
        return last.endsWith("{") || last.endsWith("(") ? indent + "    " : indent;
    }
}
