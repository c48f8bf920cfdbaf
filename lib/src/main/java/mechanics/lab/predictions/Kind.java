package mechanics.lab.predictions;

import java.util.Locale;

/** What a prediction is for. */
public enum Kind {
    /** A number of theory, which must hold where its rivals do not. */
    LAW,
    /** The same law outside its regime, by its own formula and tolerance: must be seen to break, in every value. */
    BOUNDARY,
    /** An exact statement, checked to rounding. No evidence for a theory: it could not have been otherwise. */
    IDENTITY,
    /** A claim that others published and that the measurement contradicts, in every value. */
    REFUTED;

    /** As the ledger writes it: {@code law}, {@code boundary}, {@code identity} or {@code refuted}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
