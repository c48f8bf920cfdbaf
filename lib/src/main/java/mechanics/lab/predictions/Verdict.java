package mechanics.lab.predictions;

import java.util.Locale;

/** What came out of a check. */
public enum Verdict {
    /** A law within its tolerance. */
    HOLDS,
    /** A boundary where the law was seen to break, as it should. */
    BREAKS,
    /** A law outside its tolerance, a boundary inside it, or nothing measured. */
    FAILS;

    /** As the ledger writes it: {@code holds}, {@code breaks} or {@code fails}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
