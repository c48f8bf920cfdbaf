package mechanics.physics;

/** What constructors of this package ask of a number. */
final class Arguments {
    private Arguments() {}

    static void requirePositive(String name, double value) {
        if (!(value > 0 && Double.isFinite(value)))
            throw new IllegalArgumentException(name + " = " + value + ": expected a positive finite number");
    }

    static void requireNotNegative(String name, double value) {
        if (!(value >= 0 && Double.isFinite(value)))
            throw new IllegalArgumentException(
                    name + " = " + value + ": expected a finite number of at least 0");
    }
}
