package mechanics.lab.predictions;

import java.util.Arrays;
import java.util.List;

import mechanics.base.Require;

/**
 * Another hypothesis' number for what a law predicts: a competing theory, an untrained, shuffled, linear or constant
 * baseline, the naive exponent. A rival misses if the measurement is outside of the law's tolerance taken around the
 * rival's number; where the tolerance is a bound, if the rival's number is outside of the bound. Of several values one
 * that misses is enough, as a hypothesis has to be right about all.
 *
 * @param name      what the hypothesis is called
 * @param predicted its number for every value of the law, or one for all
 */
public record Rival(String name, List<Double> predicted) {

    /** Requires a name and finite numbers; copies the list. */
    public Rival {
        if (name.isBlank()) {
            throw new IllegalArgumentException(
                    "the name of a rival is empty: expected one such as \"untrained\"");
        }
        predicted = List.copyOf(predicted);
        if (predicted.isEmpty()) {
            throw new IllegalArgumentException("rival " + name + " has no values: expected at least one");
        }
        for (double value : predicted) Require.finite("rival " + name, value);
    }

    /** A rival with its number, or with one for every value of the law. */
    public static Rival of(String name, double... values) {
        return new Rival(name, Arrays.stream(values).boxed().toList());
    }

    /** Its number for value {@code index}. */
    double value(int index) {
        return predicted.get(predicted.size() == 1 ? 0 : index);
    }
}
