package mechanics.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnJarsTest {

    @TempDir
    Path folder;

    private Path jar(String name, String entry) throws IOException {
        Path file = folder.resolve(name);
        try (var out = new ZipOutputStream(Files.newOutputStream(file))) {
            out.putNextEntry(new ZipEntry("META-INF/versions/9/module-info.class"));
            out.putNextEntry(new ZipEntry(entry));
        }
        return file;
    }

    @Test
    void aJarWhoseClassesAreThereInAnotherVersionIsNamed() throws IOException {
        OwnJars own = new OwnJars("lib/gson-2.11.0.jar:lib/other.jar:lib/plexus-utils-3.6.0.jar:classes");
        String gson = Gson.class.getName().replace('.', '/') + ".class";
        List<Path> added = List.of(jar("gson-2.13.2.jar", gson), jar("gson-2.11.0.jar", gson),
                jar("plexus-utils-4.0.0.jar", "a/package/of/its/own/Util.class"),
                jar("new-1.jar", "New.class"), folder,
                folder.resolve("missing-1.jar"));
        assertEquals(List.of(
                "gson 2.13.2 is hidden by 2.11.0, which the laboratory itself uses: cells get that version"),
                own.hidden(added));
    }
}
