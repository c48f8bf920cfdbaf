package mechanics.kernel;

/** Jupyter counts cursor positions in Unicode code points, Java in UTF-16 units. */
final class CodePoints {

    private CodePoints() {}

    /** A position out of range becomes the nearest one in range. */
    static int toIndex(String text, int position) {
        int count = text.codePointCount(0, text.length());
        return text.offsetByCodePoints(0, Math.clamp(position, 0, count));
    }

    static int fromIndex(String text, int index) { return text.codePointCount(0, index); }
}
