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
     * @param gap    what the snippet has and the cell has not
     */
    record Origin(Cell cell, int offset, Piece.Gap gap) {

        /** The place in the cell of a character of the snippet. */
        Cell.Place place(long position) {
            return cell.place(offset + gap.before((int) Math.max(0, position)));
        }

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
