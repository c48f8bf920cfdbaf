package mechanics.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds the project's folder: the one with {@code datasets/README.md}.
 *
 * <p>
 * The environment variable {@code MECHANICS_HOME} decides where it is set. Otherwise the search starts in the
 * working directory and walks up, so that a notebook in any subfolder finds its data.
 */
public final class ProjectFolder {

    private static final String VARIABLE = "MECHANICS_HOME";
    private static final String LANDMARK = "datasets/README.md";

    private ProjectFolder() {}

    /**
     * The project's folder.
     *
     * @return the project's folder, absolute
     * @throws DataFileException if there is none; the message lists the folders searched
     */
    public static Path find() { return find(System.getenv(VARIABLE), Path.of("").toAbsolutePath()); }

    static Path find(String home, Path workingDirectory) {
        if (home != null && !home.isBlank()) {
            Path folder = Path.of(home).toAbsolutePath().normalize();
            if (!isProject(folder)) {
                throw new DataFileException(folder.resolve(LANDMARK),
                        "no such file; " + VARIABLE + " = " + home + " must name the project's folder");
            }
            return folder;
        }
        List<Path> searched = new ArrayList<>();
        for (Path folder = workingDirectory.normalize(); folder != null; folder = folder.getParent()) {
            if (isProject(folder)) return folder;
            searched.add(folder);
        }
        throw new DataFileException(Path.of(LANDMARK),
                "not found in " + searched.stream().map(Path::toString).collect(Collectors.joining(", "))
                        + "; start in the project's folder, or set " + VARIABLE + " to it");
    }

    /** The path of a file of the project's {@code datasets} folder, which must be there. */
    static Path dataset(String relative) {
        Path file = find().resolve("datasets").resolve(relative);
        if (!Files.exists(file)) {
            throw new DataFileException(file,
                    "no such file; it comes with the project, restore it from there");
        }
        return file;
    }

    private static boolean isProject(Path folder) { return Files.isRegularFile(folder.resolve(LANDMARK)); }
}
