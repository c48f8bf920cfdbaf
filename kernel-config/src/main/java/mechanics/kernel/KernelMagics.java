package mechanics.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.PathsHandler;

/** The magics that users of IJava and JJava know. */
final class KernelMagics {

    private final MavenDependencies maven = new MavenDependencies(line -> System.out.println(line));
    private static final OwnJars OWN = new OwnJars(System.getProperty("java.class.path"));

    private KernelMagics() {}

    /** Registers them under all the names that they have had. */
    static void register(MagicsRegistry registry) {
        KernelMagics magics = new KernelMagics();
        for (String name : List.of("maven", "addMavenDependency", "addMavenDependencies")) {
            registry.registerLineMagic(name, (JavaKernel kernel, List<String> arguments) -> {
                need(arguments, "%maven group:artifact:version");
                return add(kernel, kernel.stoppable(() -> magics.maven.resolve(arguments)));
            });
        }
        for (String name : List.of("mavenRepo", "addMavenRepo")) {
            registry.registerLineMagic(name, (JavaKernel kernel, List<String> arguments) -> {
                if (arguments.size() != 2) {
                    throw new IllegalArgumentException("expected %mavenRepo id address");
                }
                magics.maven.addRepository(arguments.get(0), arguments.get(1));
                return null;
            });
        }
        registry.registerLineMagic("loadFromPOM", (JavaKernel kernel, List<String> arguments) -> {
            need(arguments, "%loadFromPOM pom.xml");
            return add(kernel,
                    kernel.stoppable(() -> magics.maven.resolvePom(Path.of(arguments.getFirst()))));
        });
        registry.registerCellMagic("loadFromPOM",
                (JavaKernel kernel, List<String> arguments, String body) -> add(kernel,
                        kernel.stoppable(() -> magics.maven.resolvePom(body))));
        for (String name : List.of("classpath", "jars")) {
            registry.registerLineMagic(name, (JavaKernel kernel, List<String> arguments) -> {
                need(arguments, "%" + name + " path, wildcards allowed");
                return add(kernel, existing(arguments));
            });
        }
        registry.registerLineMagic("time", (JavaKernel kernel, List<String> arguments) -> {
            need(arguments, "%time code");
            return timed(kernel, String.join(" ", arguments));
        });
        registry.registerCellMagic("time",
                (JavaKernel kernel, List<String> arguments, String body) -> timed(kernel,
                        String.join(" ", arguments) + "\n" + body));
        registry.registerLineMagic("load", (JavaKernel kernel, List<String> arguments) -> {
            need(arguments, "%load file.java, file.jsh or file.ipynb");
            for (Cell cell : SourceFile.read(Path.of(arguments.getFirst()))) {
                kernel.evaluate(cell);
            }
            return null;
        });
    }

    /** Evaluates code and says how long it took. */
    private static Object timed(JavaKernel kernel, String code) throws CellFailure {
        long start = System.nanoTime();
        try {
            return kernel.evaluate(new Cell("%time", code));
        } finally {
            System.out.printf(Locale.ROOT, "Wall time: %.3f s%n", (System.nanoTime() - start) * 1e-9);
        }
    }

    private static void need(List<String> arguments, String usage) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException("expected " + usage);
        }
    }

    private static List<Path> existing(List<String> patterns) throws IOException {
        List<Path> all = patterns.stream()
                .flatMap(pattern -> PathsHandler.splitAndResolveGlobs(pattern).stream()).toList();
        for (Path path : all) {
            if (!Files.exists(path)) {
                throw new IllegalArgumentException(path + " does not exist");
            }
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("nothing matches " + String.join(" ", patterns));
        }
        return all;
    }

    /** No value: a magic is shown nothing. */
    private static Object add(JavaKernel kernel, List<Path> paths) {
        kernel.addToClasspath(paths.stream().map(path -> path.toAbsolutePath().toString())
                .collect(Collectors.joining(java.io.File.pathSeparator)));
        OWN.hidden(paths).forEach(System.out::println);
        return null;
    }
}
