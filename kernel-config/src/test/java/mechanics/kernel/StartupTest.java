package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StartupTest {

    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?<name>[\\w.]+?)(?<star>\\.\\*)?;");

    /** A cell that imports the first of them again would replace all: see {@link Session#importAll}. */
    @Test
    void theFirstImportIsOneThatNobodyWrites() throws IOException {
        String first = Startup.of(Environment.of(Map.of()), System.out).allImports().lines().findFirst()
                .orElseThrow();
        assertEquals("import static mechanics.kernel.NotebookStatics.*;", first);
    }

    /** A name in two packages that are both imported means nothing, and a cell that uses it does not compile. */
    @Test
    void everyNameThatIsThereWithoutAnImportMeansOneClass() throws IOException {
        String imports = Startup.of(Environment.of(Map.of()), System.out).allImports();
        Map<String, List<String>> classes = new TreeMap<>();
        List<String> single = new ArrayList<>();
        IMPORT.matcher(imports).results().forEach(found -> {
            if (found.group("star") == null) {
                single.add(found.group("name").replaceFirst(".*\\.", ""));
            } else {
                names(found.group("name")).forEach(
                        name -> classes.computeIfAbsent(name, none -> new ArrayList<>())
                                .add(found.group("name")));
            }
        });
        names("java.lang").forEach(name -> classes.computeIfPresent(name, (same, packages) -> {
            packages.add("java.lang");
            return packages;
        }));
        assertEquals(true, classes.size() > 500, () -> "found only " + classes.size());
        classes.values().removeIf(packages -> packages.size() < 2);
        classes.keySet().removeAll(single);
        assertEquals(Map.of(), classes);
    }

    private static List<String> names(String packageName) {
        try {
            List<String> names = new ArrayList<>();
            for (Path folder : folders(packageName)) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.map(file -> file.getFileName().toString())
                            .filter(file -> file.matches("[A-Z]\\w*\\.class"))
                            .map(file -> file.replace(".class", ""))
                            .filter(name -> isPublic(packageName + "." + name)).forEach(names::add);
                }
            }
            return names;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Path> folders(String packageName) throws IOException {
        String path = packageName.replace('.', '/');
        List<Path> folders = new ArrayList<>();
        try (Stream<Path> modules = Files
                .list(FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules"))) {
            modules.map(module -> module.resolve(path)).filter(Files::isDirectory).forEach(folders::add);
        }
        for (String place : System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
            Path root = Path.of(place);
            if (place.endsWith(".jar") && Files.isRegularFile(root)) {
                root = FileSystems.newFileSystem(root).getPath("/");
            }
            if (Files.isDirectory(root.resolve(path))) {
                folders.add(root.resolve(path));
            }
        }
        return folders;
    }

    private static boolean isPublic(String name) {
        try {
            return Modifier.isPublic(
                    Class.forName(name, false, StartupTest.class.getClassLoader()).getModifiers());
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
