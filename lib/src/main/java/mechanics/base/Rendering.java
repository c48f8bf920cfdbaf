package mechanics.base;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A value as MIME types.
 *
 * @param data     content by MIME type: PNG as {@code byte[]}, HTML and plain text as {@code String}, JSON as a plain
 *                 structure of maps, lists, strings, numbers and booleans
 * @param metadata metadata by MIME type, such as the size at which an image is shown; may lack types that
 *                 {@code data} has
 */
public record Rendering(Map<String, Object> data, Map<String, Map<String, Object>> metadata) {

    /** Plain text. */
    public static final String TEXT = "text/plain";
    /** HTML. */
    public static final String HTML = "text/html";
    /** A PNG image. */
    public static final String PNG = "image/png";
    /** A checked prediction, as the ledger keeps it. */
    public static final String CHECK = "application/vnd.mechanics.check+json";
    /** A marked exercise. */
    public static final String EXERCISE = "application/vnd.mechanics.exercise+json";

    /** Keeps unmodifiable copies in the given order. */
    public Rendering {
        data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** A rendering without metadata. */
    public static Rendering of(Map<String, Object> data) {
        return new Rendering(data, Map.of());
    }
}
