package mechanics.kernel;

/** Colours that Jupyter shows in error messages. */
enum Ansi {
    /** What went wrong. */
    ERROR("\u001b[1;31m"),
    /** The user's own source. */
    SOURCE("\u001b[0m"),
    /** Places. */
    PLACE("\u001b[36m"),
    /** What is seldom read. */
    FAINT("\u001b[90m");

    private static final String RESET = "\u001b[0m";

    private final String code;

    Ansi(String code) { this.code = code; }

    /** The text in this colour. */
    String paint(String text) { return code + text + RESET; }
}
