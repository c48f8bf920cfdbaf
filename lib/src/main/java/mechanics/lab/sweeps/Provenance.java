package mechanics.lab.sweeps;

import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import mechanics.data.DataFileException;
import mechanics.data.ProjectFolder;
import mechanics.linalg.Blas;

import tools.jackson.databind.JsonNode;

/**
 * Where saved results come from.
 *
 * @param file      the name of the file that holds them; empty if that is not known
 * @param commit    of the project when they were made; empty if that is not known
 * @param changed   whether the library had changes that were not committed then
 * @param date      of their making, as year-month-day
 * @param settings  a hash of what decided them: the sweep, its seed and its settings
 * @param code      the source file of the class that made them, in the project's folder; empty for a notebook's cell
 * @param libraries versions, by name
 */
public record Provenance(String file, String commit, boolean changed, String date, String settings,
        String code,
        Map<String, String> libraries) {

    /** Of results that do not say where they come from. */
    public static final Provenance UNKNOWN = new Provenance("", "", false, "", "", "", Map.of());

    private static final String NOTHING = "no provenance";
    private static final int SHORT = 10;
    private static final long GIT_SECONDS = 10;
    /** A class of every library whose numbers could differ, and its name. */
    private static final Map<String, String> LIBRARIES = Map.of("Smile", "smile.math.MathEx", "Tribuo",
            "org.tribuo.Model", "Hipparchus", "org.hipparchus.ode.ODEIntegrator", "OpenBLAS",
            "org.bytedeco.openblas.global.openblas");

    /** Copies the map. */
    public Provenance {
        libraries = Map.copyOf(libraries);
    }

    /** Of results that are made now, by an object of the given class. */
    static Provenance now(JsonNode origin, Class<?> maker) {
        String commit = git("rev-parse", "HEAD");
        boolean changed = !commit.isEmpty() && !git("status", "--porcelain", "--", "lib/src/main").isEmpty();
        return new Provenance("", commit, changed, LocalDate.now(ZoneOffset.UTC).toString(),
                HexFormat.of().formatHex(Sweep.hash(origin.toString())), source(maker), versions());
    }

    /** Of the results in a file, from its outermost object. */
    static Provenance of(Path file, JsonNode root) {
        JsonNode node = root.path("provenance");
        var libraries = new TreeMap<String, String>();
        node.path("libraries").properties()
                .forEach(one -> libraries.put(one.getKey(), one.getValue().asString("")));
        return new Provenance(file.getFileName().toString(), node.path("commit").asString(""),
                node.path("changed").asBoolean(false), node.path("date").asString(""),
                node.path("settings").asString(""), node.path("code").asString(""), libraries);
    }

    /** Whether there is any. */
    public boolean known() { return !date.isEmpty(); }

    /** For people: file, commit, date; or that there is none. */
    public String words() {
        if (!known()) return file.isEmpty() ? NOTHING : file + ", " + NOTHING;
        String made = commit.isEmpty()
                ? "no commit"
                : "commit " + commit.substring(0, Math.min(SHORT, commit.length()))
                        + (changed ? " with changes" : "");
        return file + ", " + made + ", " + date;
    }

    /** As a plain structure. */
    public Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        if (!file.isEmpty()) json.put("file", file);
        if (!known()) return json;
        json.put("commit", commit);
        json.put("changed", changed);
        json.put("date", date);
        json.put("settings", settings);
        json.put("code", code);
        json.put("libraries", new TreeMap<>(libraries));
        return json;
    }

    /** The source of a class of the library; empty for others. A lambda belongs to the class that it is written in. */
    private static String source(Class<?> maker) {
        String name = maker.getName();
        int end = name.indexOf('$');
        String outermost = end < 0 ? name : name.substring(0, end);
        return outermost.startsWith("mechanics.")
                ? "lib/src/main/java/" + outermost.replace('.', '/') + ".java"
                : "";
    }

    private static Map<String, String> versions() {
        var versions = new TreeMap<String, String>();
        versions.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
        versions.put("BLAS", Blas.available() ? "OpenBLAS" : "Java");
        LIBRARIES.forEach((library, type) -> {
            String jar = jar(type);
            if (!jar.isEmpty()) versions.put(library, jar);
        });
        return versions;
    }

    /** The name of the archive that a class is in, which has the version; empty if the class is not there. */
    private static String jar(String type) {
        try {
            URL place = Class.forName(type, false, Provenance.class.getClassLoader()).getProtectionDomain()
                    .getCodeSource().getLocation();
            return Path.of(place.getPath()).getFileName().toString().replaceAll("\\.jar$", "");
        } catch (ClassNotFoundException | LinkageError | NullPointerException _) {
            return "";
        }
    }

    /** What Git says in the project's folder; empty without Git, or if that is no repository. */
    private static String git(String... words) {
        try {
            var command = new ProcessBuilder("git").redirectError(ProcessBuilder.Redirect.DISCARD);
            for (String word : words) command.command().add(word);
            Process process = command.directory(ProjectFolder.find().toFile()).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(GIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? said.strip()
                    : "";
        } catch (IOException | DataFileException _) {
            return "";
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
