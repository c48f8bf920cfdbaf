package mechanics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** A package uses only packages on the floors below its own, whichever way the source names them. */
class FloorsTest {
    private static final Path CLASSES = Path.of("target/classes/mechanics");

    /** From the ground up. Packages of one floor do not know each other. */
    private static final List<Set<String>> FLOORS = List.of(Set.of("base"), Set.of("linalg"),
            Set.of("statistics", "kernels", "signals", "plot", "data"),
            Set.of("network"), Set.of("network.layers"), Set.of("network.zoo"),
            Set.of("training"), Set.of("training.tasks"), Set.of("training.rules"),
            Set.of("training.diffusion", "training.text", "representations"),
            Set.of("learners"), Set.of("measure"), Set.of("measure.curvature"),
            Set.of("solvable", "limits", "laws", "hyperparameters", "universality", "physics"),
            Set.of("lab"), Set.of("lab.sweeps"), Set.of("lab.predictions"));

    /** The name of a class of ours, in the constant pool of another: alone or inside a descriptor or signature. */
    private static final Pattern OURS = Pattern.compile("mechanics/((?:[a-z]+/)+)[A-Z]\\w*");

    @Test
    void everyPackageHasAFloor() throws IOException {
        var named = new TreeSet<String>();
        FLOORS.forEach(named::addAll);
        assertEquals(named, new TreeSet<>(uses().keySet()));
    }

    @Test
    void noPackageUsesItsOwnFloorOrOneAbove() throws IOException {
        var floors = new HashMap<String, Integer>();
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            for (String name : FLOORS.get(floor)) floors.put(name, floor);
        }
        uses().forEach((own, others) -> others.forEach((other, user) -> assertTrue(
                floors.get(other) < floors.get(own), user + " uses mechanics." + other)));
    }

    /** For each package the others that its classes name, with one class that does. */
    private static Map<String, Map<String, Path>> uses() throws IOException {
        var uses = new TreeMap<String, Map<String, Path>>();
        try (var files = Files.walk(CLASSES)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".class")).toList()) {
                if (file.endsWith("package-info.class")) continue;
                String own = CLASSES.relativize(file.getParent()).toString().replace('\\', '/').replace('/',
                        '.');
                var others = uses.computeIfAbsent(own, _ -> new TreeMap<>());
                for (var entry : ClassFile.of().parse(file).constantPool()) {
                    String text = switch (entry) {
                        case ClassEntry name -> name.asInternalName();
                        case Utf8Entry descriptor -> descriptor.stringValue();
                        default -> "";
                    };
                    var names = OURS.matcher(text);
                    while (names.find()) {
                        String other = names.group(1).substring(0, names.group(1).length() - 1).replace('/',
                                '.');
                        if (!other.equals(own)) others.putIfAbsent(other, file);
                    }
                }
            }
        }
        return uses;
    }

    @Test
    void noTwoTypesShareASimpleName() throws IOException {
        var seen = new HashMap<String, Path>();
        try (var files = Files.walk(CLASSES)) {
            for (Path file : files.filter(name -> name.toString().endsWith(".class")).toList()) {
                String name = file.getFileName().toString();
                if (name.contains("$") || name.startsWith("package-info")) continue;
                Path before = seen.putIfAbsent(name, file);
                assertTrue(before == null, file + " and " + before);
            }
        }
    }
}
