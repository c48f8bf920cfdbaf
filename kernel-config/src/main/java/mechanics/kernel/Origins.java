package mechanics.kernel;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import jdk.jshell.Snippet;

/** Remembers which cell, and where in it, each of JShell's snippets came from. Not thread-safe. */
final class Origins {

    /**
     * Where a snippet came from.
     *
     * @param cell   the cell
     * @param offset of the snippet's first character in the cell's source
     */
    record Origin(Cell cell, int offset) {

        /** The line of the cell that is a 1-based line of the snippet. */
        int cellLine(int snippetLine) {
            return cell.place(offset).line() + snippetLine - 1;
        }
    }

    private final Map<String, Origin> byId = new HashMap<>();

    void put(Snippet snippet, Origin origin) { byId.put(snippet.id(), origin); }

    /** Empty for what the kernel itself declared at start-up. */
    Optional<Origin> of(String snippetId) {
        return Optional.ofNullable(byId.get(snippetId));
    }
}
