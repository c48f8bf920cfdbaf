package mechanics.base;

import java.util.List;

/** Small tables for notebooks. They set no background of their own, so that dark pages stay dark. */
public final class Html {

    private static final String CELL = "text-align:right;padding:2px 10px;";

    private Html() {}

    /** Safe as an element's content and inside a quoted attribute. */
    public static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    /** A heading line, a table, and small print below; all are HTML. */
    public static String block(String heading, String table, String footing) {
        return "<div style=\"margin:0.4em 0\"><div>" + heading + "</div>" + table
                + "<div style=\"font-size:85%;opacity:0.8\">" + footing + "</div></div>";
    }

    /** A table of texts, which are escaped; cells that begin with {@code <} are HTML already. */
    public static String table(List<String> head, List<List<String>> rows) {
        var html = new StringBuilder("<table style=\"margin:4px 0;border-collapse:collapse\"><thead><tr>");
        for (String cell : head) {
            html.append("<th scope=\"col\" style=\"").append(CELL).append("\">").append(escape(cell))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>");
        for (List<String> row : rows) {
            html.append("<tr>");
            for (String cell : row) {
                html.append("<td style=\"").append(CELL).append("\">")
                        .append(cell.startsWith("<") ? cell : escape(cell))
                        .append("</td>");
            }
            html.append("</tr>");
        }
        return html.append("</tbody></table>").toString();
    }

    /** A verdict that is read without color: a sign, a word, and a color that the color-blind tell apart. */
    public static String badge(boolean good, String words) {
        return "<span style=\"background:%s;color:white;border-radius:4px;padding:1px 7px;white-space:nowrap\">%s %s</span>"
                .formatted(good ? "#00734f" : "#b34700", good ? "✓" : "✗", escape(words));
    }
}
