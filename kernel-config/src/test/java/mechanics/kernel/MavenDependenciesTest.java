package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a small repository of our own, so that no network is needed. */
class MavenDependenciesTest {

    @TempDir
    Path folder;

    private MavenDependencies maven;

    @BeforeEach
    void repository() throws IOException {
        publish("top", dependency("middle", "compile") + dependency("checked", "test"));
        publish("middle", dependency("bottom", "runtime"));
        publish("bottom", "");
        maven = new MavenDependencies(folder.resolve("local"), _ -> {});
        maven.addRepository("central", folder.resolve("remote").toUri().toString());
    }

    private static String dependency(String artifact, String scope) {
        return "<dependency><groupId>g</groupId><artifactId>%s</artifactId><version>1</version><scope>%s</scope></dependency>"
                .formatted(artifact, scope);
    }

    private void publish(String artifact, String dependencies) throws IOException {
        Path place = Files.createDirectories(folder.resolve("remote/g/" + artifact + "/1"));
        Files.writeString(place.resolve(artifact + "-1.jar"), "jar");
        Files.writeString(place.resolve(artifact + "-1.pom"), """
                <project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>%s</artifactId>
                <version>1</version><dependencies>%s</dependencies></project>""".formatted(artifact,
                dependencies));
    }

    private static List<String> names(List<Path> files) {
        return files.stream().map(file -> file.getFileName().toString()).sorted().toList();
    }

    @Test
    void aLibraryComesWithWhatItNeedsAtRunTime() throws IOException {
        assertEquals(List.of("bottom-1.jar", "middle-1.jar", "top-1.jar"),
                names(maven.resolve(List.of("g:top:1"))));
    }

    @Test
    void aPomOrDependenciesAloneMayBeGiven() throws IOException {
        assertEquals(List.of("bottom-1.jar", "middle-1.jar"),
                names(maven.resolvePom(dependency("middle", "compile"))));
        Path pom = folder.resolve("pom.xml");
        Files.writeString(pom,
                "<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>y</artifactId>"
                        + "<version>2</version><dependencies>" + dependency("bottom", "compile")
                        + "</dependencies></project>");
        assertEquals(List.of("bottom-1.jar"), names(maven.resolvePom(pom)));
    }

    @Test
    void whatIsMissingIsNamedInOneLine() {
        IOException e = assertThrows(IOException.class, () -> maven.resolve(List.of("g:none:1")));
        assertTrue(e.getMessage().contains("g:none"), e.getMessage());
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void aRepositoryThatDoesNotAnswerIsSaidToBeANetworkProblem() {
        maven.addRepository("central", "http://127.0.0.1:1/");
        IOException e = assertThrows(IOException.class, () -> maven.resolve(List.of("g:top:1")));
        assertTrue(e.getMessage().startsWith("no connection?"), e.getMessage());
    }

    @Test
    void coordinatesThatAreNoneAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> maven.resolve(List.of("only-a-name")));
        assertFalse(Files.exists(folder.resolve("local")), "nothing was looked for");
    }

    @Test
    void aPomThatIsNoneIsRefused() {
        assertThrows(IOException.class, () -> maven.resolvePom("<dependency><groupId>"));
        assertThrows(IOException.class, () -> maven.resolvePom(folder.resolve("none.xml")));
    }
}
