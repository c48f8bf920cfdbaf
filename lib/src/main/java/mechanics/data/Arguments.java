package mechanics.data;

/** Checks of arguments; the message names the argument, its value and what was expected. */
final class Arguments {

    private Arguments() {}

    static int positive(String name, int value) {
        if (value < 1) throw new IllegalArgumentException(name + " = " + value + ": expected at least 1");
        return value;
    }

    static int notNegative(String name, int value) {
        if (value < 0) throw new IllegalArgumentException(name + " = " + value + ": expected at least 0");
        return value;
    }

    static double positive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " = " + value + ": expected a positive number");
        }
        return value;
    }

    static double notNegative(String name, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " = " + value + ": expected a number, at least 0");
        }
        return value;
    }

    static double probability(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " = " + value + ": expected a probability from 0 to 1");
        }
        return value;
    }
}
