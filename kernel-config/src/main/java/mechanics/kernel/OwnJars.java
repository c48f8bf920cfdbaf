package mechanics.kernel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The jars that kernel and library run on. Cells see them first; a jar of the same name that is added later is hidden. */
final class OwnJars {

    private static final Pattern NAME = Pattern.compile("(?<artifact>.+?)-(?<version>\\d.*)\\.jar");

    private record Jar(String artifact, String version) {

        static Optional<Jar> of(Path file) {
            Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
            return name.matches()
                    ? Optional.of(new Jar(name.group("artifact"), name.group("version")))
                    : Optional.empty();
        }
    }

    private final Map<String, String> versions = new HashMap<>();

    /** @param classpath of this process */
    OwnJars(String classpath) {
        Stream.of(classpath.split(Pattern.quote(File.pathSeparator))).map(Path::of).map(Jar::of)
                .flatMap(Optional::stream).forEach(jar -> versions.put(jar.artifact, jar.version));
    }

    /** A line for each of these files that changes nothing, because the kernel's own version of it is seen. */
    List<String> hidden(Collection<Path> added) {
        return added.stream().filter(OwnJars::isSeenAlready).map(Jar::of).flatMap(Optional::stream)
                .filter(jar -> versions.containsKey(jar.artifact)
                        && !versions.get(jar.artifact).equals(jar.version))
                .map(jar -> "%s %s is hidden by %s, which the laboratory itself uses: cells get that version"
                        .formatted(jar.artifact, jar.version, versions.get(jar.artifact)))
                .toList();
    }

    /** Whether its classes are there without it. The same name need not mean that: packages change between versions. */
    private static boolean isSeenAlready(Path file) {
        try (JarFile jar = new JarFile(file.toFile())) {
            return jar.stream().map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/")
                            && !name.endsWith("module-info.class"))
                    .findFirst().filter(name -> OwnJars.class.getClassLoader().getResource(name) != null)
                    .isPresent();
        } catch (IOException e) {
            return false; // a folder, or no jar
        }
    }
}
