package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a small repository of our own, so that no network is needed. */
class MavenDependenciesTest {

    @TempDir
    Path folder;

    private final List<String> remarks = new ArrayList<>();
    private MavenDependencies maven;

    @BeforeEach
    void repository() throws IOException {
        publish("top", dependency("middle", "compile") + dependency("checked", "test"));
        publish("middle", dependency("bottom", "runtime"));
        publish("bottom", "");
        maven = new MavenDependencies(folder.resolve("local"), remarks::add);
        maven.addRepository("central", folder.resolve("remote").toUri().toString());
    }

    private static String dependency(String artifact, String scope) {
        return "<dependency><groupId>g</groupId><artifactId>%s</artifactId><version>1</version><scope>%s</scope></dependency>"
                .formatted(artifact, scope);
    }

    private void publish(String artifact, String dependencies) throws IOException {
        publish(artifact, dependencies, "");
    }

    private void publish(String artifact, String dependencies, String more) throws IOException {
        Path place = Files.createDirectories(folder.resolve("remote/g/" + artifact + "/1"));
        Files.writeString(place.resolve(artifact + "-1.jar"), "jar");
        Files.writeString(place.resolve(artifact + "-1.pom"), """
                <project><modelVersion>4.0.0</modelVersion><groupId>g</groupId><artifactId>%s</artifactId>
                <version>1</version><dependencies>%s</dependencies>%s</project>""".formatted(artifact,
                dependencies, more));
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

    @ParameterizedTest
    @ValueSource(strings = {"<jdk>[9,)</jdk>", "<jdk>!1.8</jdk>", "<os><name>!no such system</name></os>",
            "<property><name>java.version</name></property>", "<file><missing>/no/such/file</missing></file>",
            "<activeByDefault>true</activeByDefault>", "<jdk>1.4</jdk>"})
    void aPomMayHaveProfiles(String activation) throws IOException {
        String profile = "<profiles><profile><id>p</id><activation>" + activation
                + "</activation><dependencies>" + dependency("top", "compile")
                + "</dependencies></profile></profiles>";
        publish("profiled", dependency("middle", "compile"), profile);
        publish("parent", dependency("middle", "compile"), "<packaging>pom</packaging>" + profile);
        Path child = Files.createDirectories(folder.resolve("remote/g/child/1"));
        Files.writeString(child.resolve("child-1.jar"), "jar");
        Files.writeString(child.resolve("child-1.pom"),
                """
                        <project><modelVersion>4.0.0</modelVersion><parent><groupId>g</groupId><artifactId>parent</artifactId>
                        <version>1</version></parent><artifactId>child</artifactId></project>""");
        for (String library : List.of("g:profiled:1", "g:child:1")) {
            List<String> found = names(maven.resolve(List.of(library)));
            assertTrue(found.containsAll(List.of("middle-1.jar", "bottom-1.jar")),
                    () -> library + " " + found);
            assertEquals(!activation.contains("1.4"), found.contains("top-1.jar"),
                    () -> library + " " + found);
        }
        assertEquals(List.of(), remarks);
    }

    @Test
    void aLibraryWhosePomCannotBeReadIsThereAndItIsSaid() throws IOException {
        publish("broken", "<dependency><groupId>g</groupId>");
        publish("above", dependency("broken", "compile"));
        assertEquals(List.of("above-1.jar", "broken-1.jar"), names(maven.resolve(List.of("g:above:1"))));
        assertEquals(1, remarks.size(), remarks::toString);
        assertTrue(remarks.getFirst().startsWith("the POM of g:broken:"), remarks::toString);
        Files.delete(folder.resolve("remote/g/middle/1/middle-1.pom"));
        maven.resolve(List.of("g:middle:1"));
        assertTrue(remarks.getLast().contains("g:middle:") && remarks.getLast().contains("is missing"),
                remarks::toString);
    }

    @Test
    void thePomThatWasAskedForHasToBeReadable() {
        assertThrows(IOException.class, () -> maven.resolvePom(
                "<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>y</artifactId>"
                        + "<version>2</version><dependencies><dependency><groupId>g</groupId></dependency></dependencies></project>"));
        assertThrows(IOException.class, () -> maven.resolvePom(
                "<project><modelVersion>4.0.0</modelVersion><parent><groupId>g</groupId><artifactId>none</artifactId>"
                        + "<version>1</version></parent><artifactId>y</artifactId></project>"));
    }

    @Test
    void coordinatesMayBeWrittenAsIvyDoes() throws IOException {
        assertEquals(List.of("bottom-1.jar", "middle-1.jar"), names(maven.resolve(List.of("g#middle;1"))));
        assertThrows(IllegalArgumentException.class, () -> maven.resolve(List.of("g#middle")));
    }
}
