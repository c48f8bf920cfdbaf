package mechanics.lab;

import java.util.Locale;

/**
 * How large the experiments are: {@code QUICK} for a laptop and minutes, {@code FULL} for the paper's own settings. Set
 * by the environment variable {@code MECHANICS_SCALE}, which is read here only.
 */
public enum Scale {
    /** Under four minutes and 4 GB a notebook, on two cores. */
    QUICK,
    /** The paper's settings: hours on a workstation. */
    FULL;

    private static final String VARIABLE = "MECHANICS_SCALE";

    /**
     * What the environment says; quick if it says nothing.
     *
     * @throws IllegalArgumentException if it says anything else than quick or full
     */
    public static Scale current() { return of(System.getenv(VARIABLE)); }

    static Scale of(String word) {
        if (word == null || word.isBlank()) {
            return QUICK;
        }
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "quick" -> QUICK;
            case "full" -> FULL;
            default ->
                throw new IllegalArgumentException(VARIABLE + " = \"" + word + "\": expected quick or full");
        };
    }

    /** The first value at quick, the second at full scale. */
    public <T> T pick(T quick, T full) {
        return switch (this) {
            case QUICK -> quick;
            case FULL -> full;
        };
    }
}
