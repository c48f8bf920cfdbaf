package mechanics.kernel;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a documentation comment into text that reads well in a tooltip. */
final class Javadoc {

    private static final Pattern INLINE = Pattern
            .compile("\\{@(?:code|literal|value|index)\\s+([^{}]*(?:\\{[^{}]*}[^{}]*)*)}");
    private static final Pattern LINK = Pattern.compile("\\{@link(?:plain)?\\s+(\\S+?)(?:\\s+([^}]*))?}");
    private static final Pattern ANY_INLINE = Pattern.compile("\\{@\\w+\\s*([^}]*)}");

    private Javadoc() {}

    static String toText(String comment) {
        String text = comment.strip();
        text = INLINE.matcher(text).replaceAll("$1");
        text = LINK.matcher(text).replaceAll(link -> Matcher
                .quoteReplacement(link.group(2) == null ? link.group(1).replace('#', '.') : link.group(2)));
        text = ANY_INLINE.matcher(text).replaceAll("$1");
        text = text.replaceAll("(?i)\\s*<p>\\s*", "\n\n").replaceAll("(?i)\\s*<li>\\s*", "\n- ");
        text = text.replaceAll("</?[a-z][a-z0-9]*(?:\\s[^>]*)?/?>", "");
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&");
        return text.lines().map(String::strip).reduce("", (all, line) -> all + line + "\n").strip()
                .replaceAll("\n{3,}", "\n\n");
    }
}
