package mechanics.kernel;

import java.util.List;

/** A cell that went wrong, told as the user reads it. */
final class CellFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final String name;
    private final transient List<String> report;

    /**
     * @param name    the kind of error, such as {@code CompileError} or the simple name of the user's exception
     * @param message one line
     * @param report  coloured lines, the first names the error
     */
    CellFailure(String name, String message, List<String> report) {
        super(message, null, false, false);
        this.name = name;
        this.report = List.copyOf(report);
    }

    /** A failure whose report is its message. */
    static CellFailure of(String name, String message) {
        return new CellFailure(name, message, List.of(Ansi.ERROR.paint(name + ": ") + message));
    }

    String name() { return name; }

    List<String> report() { return report; }
}
