package mechanics.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.dflib.jjava.jupyter.kernel.BaseNotebookStatics;
import org.dflib.jjava.jupyter.kernel.util.PathsHandler;

/**
 * What every session begins with: the imports of {@code startup.jsh}, then the user's own scripts.
 *
 * @param imports     import declarations
 * @param environment the user's scripts
 * @param log         takes the report of a script that fails
 */
record Startup(String imports, Environment environment, PrintStream log) {

    /**
     * What users of IJava and JJava have without an import. Not in the file, which stock kernels read too: they have their
     * own. All with a star, so that a name that the notebook declares wins.
     */
    private static final String FAMILY = Stream.concat(
            // First what no notebook imports: see Session.importAll.
            Stream.of(NotebookStatics.class, BaseNotebookStatics.class)
                    .map(type -> "static " + type.getName()),
            Stream.of("java.io", "java.math", "java.net", "java.nio.file", "java.time",
                    "java.util.concurrent", "java.util.prefs", "java.util.regex"))
            .map(name -> "import " + name + ".*;\n").collect(Collectors.joining());

    /** The imports of the laboratory's own file if it is there, else those built in. */
    static Startup of(Environment environment, PrintStream log) {
        Path file = environment.startupImports();
        try {
            return new Startup(Files.isReadable(file) ? Files.readString(file) : builtIn(), environment, log);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    private static String builtIn() throws IOException {
        try (InputStream in = Startup.class.getResourceAsStream("startup.jsh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Everything that a cell has without an import. */
    String allImports() { return FAMILY + imports; }

    /** Prepares a new session. A script that fails is reported; the session is usable all the same. */
    void run(Session session) {
        session.importAll(allImports());
        for (Path script : PathsHandler.splitAndResolveGlobs(environment.startupScripts())) {
            try {
                evaluate(session, new Cell(script.getFileName().toString(), Files.readString(script)));
            } catch (IOException e) {
                log.println("startup script " + script + " cannot be read: " + e.getMessage());
            }
        }
        evaluate(session, new Cell("startup script", environment.startupScript()));
    }

    private void evaluate(Session session, Cell cell) {
        try {
            session.evaluate(cell);
        } catch (CellFailure failure) {
            failure.report().forEach(log::println);
        }
    }
}
