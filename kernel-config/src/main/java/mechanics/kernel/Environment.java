package mechanics.kernel;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What users of IJava and JJava set through environment variables. {@code JJAVA_X} wins over {@code IJAVA_X}.
 *
 * @param classpath       {@code _CLASSPATH}: jars and folders, {@code *} and {@code **} allowed
 * @param startupScripts  {@code _STARTUP_SCRIPTS_PATH}: files to evaluate at the start, wildcards allowed
 * @param startupScript   {@code _STARTUP_SCRIPT}: code to evaluate at the start
 * @param compilerOptions {@code _COMPILER_OPTS}: options for the compiler
 * @param timeLimit       {@code _TIMEOUT}: for each cell, such as {@code 30 SECONDS} or milliseconds; zero: none
 * @param extensions      {@code _LOAD_EXTENSIONS}: whether extensions on the class path are installed
 * @param home            {@code MECHANICS_HOME}: the project's folder, else the current one
 * @param headless        {@code MECHANICS_HEADLESS=1}: nobody watches, progress is for the log
 */
record Environment(String classpath, String startupScripts, String startupScript,
        List<String> compilerOptions,
        Duration timeLimit, boolean extensions, Path home, boolean headless) {

    private static final Pattern TIME = Pattern.compile("(?<amount>-?\\d+)\\s*(?<unit>[A-Za-z]*)");

    /** @throws IllegalArgumentException if a time limit cannot be read */
    static Environment of(Map<String, String> variables) {
        return new Environment(variable(variables, "CLASSPATH"), variable(variables, "STARTUP_SCRIPTS_PATH"),
                variable(variables, "STARTUP_SCRIPT"),
                CellReader.arguments(variable(variables, "COMPILER_OPTS")),
                timeLimit(variable(variables, "TIMEOUT")),
                !variable(variables, "LOAD_EXTENSIONS").matches("(?i)0|false"),
                Path.of(variables.getOrDefault("MECHANICS_HOME", "")),
                variables.getOrDefault("MECHANICS_HEADLESS", "").equals("1"));
    }

    /** The sources of the library. */
    List<Path> sources() {
        return List.of(home.resolve("lib/src/main/java"), home.resolve("lib/target/generated-sources/float"));
    }

    /** The imports of every cell, if the project's folder is there. */
    Path startupImports() {
        return home.resolve("kernel-config/startup.jsh");
    }

    private static String variable(Map<String, String> variables, String name) {
        return variables.getOrDefault("JJAVA_" + name, variables.getOrDefault("IJAVA_" + name, "")).strip();
    }

    private static Duration timeLimit(String text) {
        if (text.isEmpty()) {
            return Duration.ZERO;
        }
        Matcher time = TIME.matcher(text);
        if (!time.matches()) {
            throw unreadable(text, null);
        }
        String unit = time.group("unit").toUpperCase(Locale.ROOT);
        long amount = Math.max(0, Long.parseLong(time.group("amount")));
        try {
            return Duration.of(amount, switch (unit) {
                case "", "MILLISECONDS", "MS" -> ChronoUnit.MILLIS;
                case "S" -> ChronoUnit.SECONDS;
                default -> ChronoUnit.valueOf(unit);
            });
        } catch (IllegalArgumentException e) {
            throw unreadable(text, e);
        }
    }

    private static IllegalArgumentException unreadable(String text, Exception cause) {
        return new IllegalArgumentException(
                "IJAVA_TIMEOUT = " + text
                        + ": expected a number of milliseconds, or a number and a unit such as SECONDS",
                cause);
    }
}
