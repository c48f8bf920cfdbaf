package mechanics.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that counts what it allocates, in a Java machine of its own, and again if need be. A vector that the compiler
 * does not inline is an object, and what it inlines depends on what else ran and on the moment it looks. What the code
 * itself allocates, it allocates in every machine.
 */
public final class OwnMachine {
    private static final int MACHINES = 4;

    private OwnMachine() {}

    /** What the main method prints in the first of a few machines in which it is as expected, or in the last. */
    public static String prints(String expected, Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        String printed = "";
        for (int machine = 0; machine < MACHINES && !printed.equals(expected); machine++)
            printed = once(program, arguments);
        return printed;
    }

    private static String once(Class<?> program, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        return printed.strip();
    }
}
