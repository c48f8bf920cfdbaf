package mechanics.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.UnresolvedReferenceException;
import mechanics.kernel.Origins.Origin;

/** Tells which exception a cell threw and where: lines of cells with their source, and frames of libraries. */
final class ExceptionReport {

    private static final int MOST_FRAMES = 12;
    private static final int LAST_FRAMES = 3;
    private static final int MOST_CAUSES = 5;

    private final JShell shell;
    private final Origins origins;

    ExceptionReport(JShell shell, Origins origins) {
        this.shell = shell;
        this.origins = origins;
    }

    CellFailure of(JShellException exception) {
        List<String> report = new ArrayList<>();
        report.add(Ansi.ERROR.paint(name(exception)) + colon(message(exception)));
        frames(exception, report);
        Throwable cause = exception.getCause();
        for (int depth = 0; depth < MOST_CAUSES && cause instanceof JShellException known; depth++) {
            report.add("Caused by " + Ansi.ERROR.paint(name(known)) + colon(message(known)));
            frames(known, report);
            cause = known.getCause();
        }
        return new CellFailure(name(exception), message(exception), report);
    }

    private static String colon(String message) { return message.isEmpty() ? "" : ": " + message; }

    /** The simple name of the user's own exception. */
    private static String name(JShellException exception) {
        if (exception instanceof EvalException thrown) {
            String className = thrown.getExceptionClassName();
            return className.substring(Math.max(className.lastIndexOf('.'), className.lastIndexOf('$')) + 1);
        }
        return "NotDeclaredYet";
    }

    private String message(JShellException exception) {
        if (exception instanceof UnresolvedReferenceException unresolved) {
            return Declarations.name(unresolved.getSnippet()) + " cannot be used "
                    + Declarations.lacks(shell, unresolved.getSnippet());
        }
        String message = exception.getMessage();
        if (exception instanceof EvalException thrown) {
            String advice = advice(thrown.getExceptionClassName());
            message = (message == null ? "" : message) + advice;
        }
        return message == null ? "" : message.strip();
    }

    private static String advice(String className) {
        return switch (className) {
            case "java.lang.OutOfMemoryError" ->
                " (the kernel goes on; use smaller sizes, drop large variables, or give Java more memory: set the environment"
                        + " variable JJAVA_JVM_OPTS=-Xmx8g, or what your machine has, before you start lab or Jupyter)";
            case "java.lang.StackOverflowError" ->
                " the calls are nested too deeply: does a method call itself forever?";
            case "java.lang.AssertionError" -> "";
            default -> "";
        };
    }

    private void frames(JShellException exception, List<String> report) {
        List<String> lines = withoutRepeats(
                Arrays.stream(exception.getStackTrace()).map(this::frame).flatMap(Optional::stream).toList());
        if (lines.size() <= MOST_FRAMES) {
            report.addAll(lines);
        } else {
            // The first frames say where it went wrong, the last where the cell called.
            report.addAll(lines.subList(0, MOST_FRAMES - LAST_FRAMES));
            report.add(Ansi.FAINT.paint("    ... " + (lines.size() - MOST_FRAMES) + " more"));
            report.addAll(lines.subList(lines.size() - LAST_FRAMES, lines.size()));
        }
    }

    /** A method that calls itself a thousand times is told once. */
    private static List<String> withoutRepeats(List<String> lines) {
        List<String> told = new ArrayList<>();
        int next;
        for (int i = 0; i < lines.size(); i = next) {
            next = i + 1;
            while (next < lines.size() && lines.get(next).equals(lines.get(i))) {
                next++;
            }
            told.add(lines.get(i));
            if (next - i > 1) {
                told.add(Ansi.FAINT.paint("    ... the same " + (next - i - 1) + " times more"));
            }
        }
        return told;
    }

    private static boolean isCell(StackTraceElement frame) {
        return frame.getFileName() != null && frame.getFileName().startsWith("#");
    }

    /** Empty for frames that tell the user nothing: reflection, the kernel, JShell. */
    private Optional<String> frame(StackTraceElement frame) {
        if (isCell(frame)) {
            return origins.of(frame.getFileName().substring(1)).map(origin -> cellFrame(frame, origin));
        }
        String className = frame.getClassName();
        boolean inner = className.startsWith("mechanics.kernel.") || className.startsWith("jdk.internal.")
                || className.startsWith("java.lang.reflect.") || className.startsWith("java.lang.invoke.")
                || className.startsWith("REPL.");
        return inner ? Optional.empty() : Optional.of(Ansi.FAINT.paint("    at " + frame));
    }

    private static String cellFrame(StackTraceElement frame, Origin origin) {
        int line = origin.cellLine(frame.getLineNumber());
        String method = frame.getMethodName().isEmpty() || frame.getMethodName().startsWith("lambda$")
                ? ""
                : ", in " + method(frame);
        return "    at " + Ansi.PLACE.paint(origin.cell().name() + " line " + line) + method
                + Ansi.FAINT.paint("  | ")
                + Ansi.SOURCE.paint(origin.cell().line(line).strip());
    }

    private static String method(StackTraceElement frame) {
        String type = frame.getClassName().replace('$', '.');
        String method = frame.getMethodName().equals("<init>") ? "new" : frame.getMethodName();
        return type.isEmpty() ? method : type + "." + method;
    }

    /** Where code of a library was, for the report of a stop. */
    static List<String> libraryFrames(StackTraceElement[] frames) {
        List<String> lines = new ArrayList<>();
        for (StackTraceElement frame : frames) {
            if (frame.getClassName().startsWith("REPL.") || lines.size() == MOST_FRAMES) {
                break;
            }
            lines.add(Ansi.FAINT.paint("    at " + frame));
        }
        return lines;
    }
}
