package mechanics.lab.predictions;

import java.util.Locale;

/** What came out of a check. */
public enum Verdict {
    /** A law within its tolerance, with every rival outside. */
    HOLDS,
    /** A law within its tolerance together with a rival: the measurement cannot tell them apart. */
    UNDECIDED,
    /** A boundary where every value of the law was seen to break, as it should. */
    BREAKS,
    /** An identity that is true to rounding. */
    EXACT,
    /** A published claim of which no value agrees with the measurement. */
    REFUTED,
    /** A law or identity outside its tolerance, a boundary or published claim inside, or nothing measured. */
    FAILS;

    /** Whether it is what the prediction was made for: neither a failure nor undecided. */
    public boolean passed() {
        return this != FAILS && this != UNDECIDED;
    }

    /** As the ledger writes it: {@code holds}, {@code undecided}, {@code breaks}, {@code exact}, … */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
