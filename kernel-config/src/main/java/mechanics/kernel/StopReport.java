package mechanics.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells that a cell was stopped, and plainly so if a library did not react. */
final class StopReport {

    private StopReport() {}

    static CellFailure of(CellControl.Stop stop, Optional<StackTraceElement[]> leftBehind) {
        String name = switch (stop) {
            case INTERRUPT -> "Interrupted";
            case TIME_LIMIT -> "TimeLimit";
        };
        String message = switch (stop) {
            case INTERRUPT -> "the cell was stopped; variables keep the values they had";
            case TIME_LIMIT ->
                "the cell ran longer than it may (IJAVA_TIMEOUT or JJAVA_TIMEOUT) and was stopped";
        };
        if (leftBehind.isEmpty()) {
            return CellFailure.of(name, message);
        }
        String library = "library code does not react to the interrupt. The cell has ended, but this code goes on in the "
                + "background until it returns to your cell; restart the kernel to end it now";
        List<String> report = new ArrayList<>();
        report.add(Ansi.ERROR.paint(name + ": ") + library);
        report.addAll(ExceptionReport.libraryFrames(leftBehind.get()));
        return new CellFailure(name, library, report);
    }
}
