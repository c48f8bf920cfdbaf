package mechanics.data;

/** A file could not be fetched. The message says what to fetch by hand, where to put it, and its checksum. */
public final class DownloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DownloadException(String message, Throwable cause) { super(message, cause); }
}
