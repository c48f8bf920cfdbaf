package mechanics.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.dflib.jjava.jupyter.messages.request.HistoryRequest;

/** The cells of this session that were run, for front ends that offer them again. */
final class History {

    private static final int SESSION = 0;

    private record Entry(int count, String input, String output) {}

    private final List<Entry> entries = new ArrayList<>();

    /** @param output the value's text, null if none was shown */
    synchronized void add(int count, String input, String output) {
        entries.add(new Entry(count, input, output));
    }

    /** Tuples of session, number and input, or input and output, the oldest first. */
    synchronized List<List<Object>> answer(HistoryRequest request) {
        List<Entry> found = switch (request) {
            case HistoryRequest.Range range ->
                // No session before this one is kept. A range without an end has none.
                range.getSessionIndex() == SESSION
                        ? entries.stream().filter(entry -> entry.count >= range.getStart()
                                && (range.getStop() <= 0 || entry.count < range.getStop())).toList()
                        : List.of();
            case HistoryRequest.Search search -> last(search(search), search.getMaxReturnLength());
            case HistoryRequest.Tail tail -> last(entries, tail.getMaxReturnLength());
            default -> List.of();
        };
        return found.stream().map(entry -> Arrays.<Object>asList(SESSION, entry.count,
                request.includeOutput() ? Arrays.asList(entry.input, entry.output) : entry.input)).toList();
    }

    private List<Entry> search(HistoryRequest.Search search) {
        Pattern pattern = glob(search.getPattern() == null ? "*" : search.getPattern());
        List<Entry> found = entries.stream().filter(entry -> pattern.matcher(entry.input).matches()).toList();
        if (!search.filterUnique()) {
            return found;
        }
        Map<String, Entry> latest = new LinkedHashMap<>();
        for (Entry entry : found) {
            latest.remove(entry.input);
            latest.put(entry.input, entry);
        }
        return List.copyOf(latest.values());
    }

    private static List<Entry> last(List<Entry> found, int count) {
        return count <= 0
                ? List.copyOf(found)
                : List.copyOf(found.subList(Math.max(0, found.size() - count), found.size()));
    }

    /** {@code *} is any text, {@code ?} any character. */
    private static Pattern glob(String glob) {
        String pattern = Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.compile(pattern, Pattern.DOTALL);
    }
}
