package mechanics.kernel;

/**
 * A piece of source that is evaluated as a whole.
 *
 * @param name   how errors call it, {@code cell In[3]} or a file's name
 * @param source its text
 */
record Cell(String name, String source) {

    /** The cell with an execution count. */
    static Cell numbered(int count, String source) {
        return new Cell("cell In[" + count + "]", source);
    }

    /** A place in the text: 1-based line, 0-based column. */
    record Place(int line, int column) {}

    /** The place of a character offset; an offset past the end is the end. */
    Place place(int offset) {
        int end = Math.clamp(offset, 0, source.length());
        String before = source.substring(0, end);
        int lineStart = before.lastIndexOf('\n') + 1;
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return new Place(line, end - lineStart);
    }

    /** The text of a 1-based line, empty if there is no such line. */
    String line(int number) {
        return source.lines().skip(number - 1L).findFirst().orElse("");
    }
}
