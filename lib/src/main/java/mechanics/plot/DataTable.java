package mechanics.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The numbers of a picture as comma-separated values (RFC 4180), one row for each point. */
final class DataTable {

    private DataTable() {}

    /** One point. What does not apply is not a number and stays empty in the file. */
    record Row(String panel, String series, String kind, double x, double y, double error, double value) {

        Row inPanel(String name) { return new Row(name, series, kind, x, y, error, value); }
    }

    static List<Row> rows(String series, String kind, double[] x, double[] y, double[] error) {
        List<Row> rows = new ArrayList<>(x.length);
        for (int i = 0; i < x.length; i++) {
            rows.add(
                    new Row("", series, kind, x[i], y[i], error == null ? Double.NaN : error[i], Double.NaN));
        }
        return rows;
    }

    /** With the columns {@code panel} and {@code value} only where some row has them. */
    static String csv(List<Row> rows) {
        boolean panels = rows.stream().anyMatch(row -> !row.panel.isEmpty());
        boolean values = rows.stream().anyMatch(row -> !Double.isNaN(row.value));
        String header = (panels ? "panel," : "") + "series,kind,x,y,error" + (values ? ",value" : "") + "\n";
        return rows.stream()
                .map(row -> (panels ? quote(row.panel) + "," : "") + quote(row.series) + "," + quote(
                        row.kind) + "," + number(row.x) + "," + number(row.y) + "," + number(row.error)
                        + (values
                                ? "," + number(
                                        row.value)
                                : "")
                        + "\n")
                .collect(Collectors.joining("", header, ""));
    }

    private static String number(double value) { return Double.isNaN(value) ? "" : Double.toString(value); }

    private static String quote(String text) {
        return text.matches("(?s).*[\",\r\n].*") ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
