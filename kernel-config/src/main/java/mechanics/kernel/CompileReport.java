package mechanics.kernel;

import java.util.ArrayList;
import java.util.List;

import jdk.jshell.Diag;
import mechanics.kernel.Origins.Origin;

/** Tells what the compiler did not accept: the user's line, a caret under the place, the message. */
final class CompileReport {

    private CompileReport() {}

    /** @param diagnostics in the coordinates of the snippet that came from {@code origin} */
    static CellFailure of(Origin origin, List<Diag> diagnostics) {
        List<Diag> errors = diagnostics.stream().filter(Diag::isError).toList();
        if (errors.isEmpty()) {
            return CellFailure.of("CompileError", "this does not compile, and the compiler does not say why");
        }
        List<String> report = new ArrayList<>();
        for (Diag error : errors) {
            List<String> message = message(error);
            Cell.Place place = place(origin, error);
            report.add(Ansi.ERROR.paint("CompileError: ") + message.getFirst() + "  "
                    + Ansi.PLACE.paint("(" + origin.cell().name() + " line " + place.line() + ")"));
            report.addAll(source(origin, error, place));
            message.stream().skip(1).map(line -> "    " + line.strip()).forEach(report::add);
        }
        return new CellFailure("CompileError", message(errors.getFirst()).getFirst(), report);
    }

    private static Cell.Place place(Origin origin, Diag error) { return origin.place(error.getPosition()); }

    private static List<String> source(Origin origin, Diag error, Cell.Place place) {
        String line = origin.cell().line(place.line());
        String number = String.format("%4d | ", place.line());
        Cell.Place end = origin.place(error.getEndPosition());
        int last = end.line() == place.line() ? end.column() : line.length();
        int width = Math.max(1, last - place.column());
        // A tab keeps its width when it is copied.
        String margin = line.substring(0, Math.min(place.column(), line.length())).replaceAll("[^\t]", " ");
        return List.of(Ansi.FAINT.paint(number) + Ansi.SOURCE.paint(line),
                " ".repeat(number.length()) + margin + Ansi.ERROR.paint("^".repeat(width)));
    }

    /** What the compiler did not accept, in its own words and without places; empty if it accepts everything. */
    static List<String> messages(List<Diag> diagnostics) {
        return diagnostics.stream().filter(Diag::isError)
                .map(error -> String.join(" ", message(error).stream()
                        .map(String::strip).toList()))
                .distinct().toList();
    }

    private static List<String> message(Diag error) {
        if (error.getCode().equals("compiler.err.premature.eof")) {
            return List.of(
                    "the cell ends before its code does: a closing bracket, brace, quote or operand is missing");
        }
        if (error.getCode().equals("compiler.err.invalid.canonical.constructor.in.record")
                && error.getMessage(null).contains("stronger access")) {
            return List.of(
                    "types of cells are public, so this constructor has to be public too: write public before it");
        }
        return error.getMessage(null).lines().map(CompileReport::plain)
                .filter(line -> !line.strip().matches("location: (class|package)? *")).toList();
    }

    private static String plain(String line) {
        return line.replace("java.lang.", "").replaceAll("REPL\\.\\$JShell\\$\\w+\\.", "");
    }
}
