package mechanics.lab.predictions;

import java.util.Locale;

/** What a prediction is for. */
public enum Kind {
    /** Must hold. */
    LAW,
    /** The same law outside its regime: must be seen to fail. */
    BOUNDARY;

    /** As the ledger writes it: {@code law} or {@code boundary}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
