package mechanics.data;

import java.nio.file.Path;

/** A data file is missing, damaged, or not what its name promises. The message names the file first. */
public final class DataFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A fault found in a file.
     *
     * @param file the file at fault
     * @param problem what was found and what was expected
     */
    public DataFileException(Path file, String problem) { super(file + ": " + problem); }

    /**
     * A fault that another failure brought to light.
     *
     * @param file the file at fault
     * @param problem what was found and what was expected
     * @param cause the failure underneath
     */
    public DataFileException(Path file, String problem, Throwable cause) {
        super(file + ": " + problem, cause);
    }
}
