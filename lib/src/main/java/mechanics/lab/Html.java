package mechanics.lab;

/** Text for HTML. */
final class Html {

    private Html() {}

    /** Safe as an element's content and inside a quoted attribute. */
    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }
}
