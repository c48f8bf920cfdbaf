package mechanics.tests;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A copy of the project under a path with spaces: script, runner and kernel specification, and notebooks of the test. */
final class Checkout implements AutoCloseable {

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Path> links = new ArrayList<>();

    private Checkout(Path home) { this.home = home; }

    /** A copy that shares what Maven built with the project under test. */
    static Checkout built(Path folder) throws IOException {
        var checkout = unbuilt(folder);
        checkout.link("kernel-config/target/lib");
        checkout.link("kernel-config/target/web");
        checkout.link("lib/target/natives");
        checkout.link("datasets");
        checkout.environment.put("MECHANICS_BUILD", "no");
        return checkout;
    }

    /** The same, but each jar is a link, so that other files can stand beside them. */
    static Checkout builtWithOwnJars(Path folder) throws IOException {
        var checkout = unbuilt(folder);
        try (var files = Files.list(Lab.HOME.resolve("kernel-config/target/lib"))) {
            for (var file : (Iterable<Path>) files::iterator) {
                var name = file.getFileName().toString();
                if (name.endsWith(".jar") || name.equals("built"))
                    checkout.link("kernel-config/target/lib/" + name);
            }
        }
        checkout.link("kernel-config/target/web");
        checkout.link("lib/target/natives");
        checkout.link("datasets");
        checkout.environment.put("MECHANICS_BUILD", "no");
        return checkout;
    }

    /** A copy as it comes from version control: nothing built, and sources that are too few to build. */
    static Checkout unbuilt(Path folder) throws IOException {
        var checkout = new Checkout(folder.resolve("my own laboratory"));
        checkout.copy("pom.xml");
        checkout.copy("kernel-config");
        Files.createDirectories(checkout.home.resolve("notebooks"));
        return checkout;
    }

    Path home() { return home; }

    Lab lab() { return new Lab(Lab.script(home), Map.copyOf(environment)); }

    /** The script with one more environment variable. */
    Lab lab(String variable, String value) {
        var more = new HashMap<>(environment);
        more.put(variable, value);
        return new Lab(Lab.script(home), Map.copyOf(more));
    }

    /** Writes a notebook with code cells. */
    Path notebook(String name, String... cells) throws IOException {
        var list = new ArrayList<Map<String, Object>>();
        for (var source : cells) {
            list.add(cell(source));
        }
        var metadata = Map.of("kernelspec",
                Map.of("name", "java", "display_name", "Java", "language", "java"));
        var content = Map.of("nbformat", 4, "nbformat_minor", 4, "metadata", metadata, "cells", list);
        var file = home.resolve("notebooks").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, JsonMapper.shared().writeValueAsString(content));
    }

    private static Map<String, Object> cell(String source) {
        var cell = new HashMap<String, Object>();
        cell.put("cell_type", "code");
        cell.put("execution_count", null);
        cell.put("metadata", Map.of());
        cell.put("outputs", List.of());
        cell.put("source", source);
        return cell;
    }

    private void link(String path) throws IOException {
        var link = home.resolve(path);
        Files.createDirectories(link.getParent());
        links.add(Files.createSymbolicLink(link, Lab.HOME.resolve(path)));
    }

    private void copy(String path) throws IOException {
        var from = Lab.HOME.resolve(path);
        try (var files = Files.walk(from)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var name = Lab.HOME.relativize(file);
                if (name.startsWith("kernel-config/target") || name.startsWith("kernel-config/src")) {
                    continue;
                }
                Files.createDirectories(home.resolve(name).getParent());
                Files.copy(file, home.resolve(name), COPY_ATTRIBUTES);
            }
        }
    }

    /** Removes the links into the project under test, so that who deletes the copy needs not care. */
    @Override
    public void close() throws IOException {
        for (var link : links) {
            Files.delete(link);
        }
    }
}
