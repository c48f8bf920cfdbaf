package mechanics.hyperparameters;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import mechanics.network.ParameterSpec;
import mechanics.network.Parameterization;
import mechanics.network.Role;

/**
 * What a parameterization does to a wide multilayer perceptron, found by counting powers of the width n.
 *
 * <p>Let a layer's weights be multiplier × parameter ∝ n^(−s) in size at the start, and let its parameters learn at a
 * factor × the learning rate. Of all exponents only combinations count that say how far one step moves what the layer
 * gives out. With gradient descent a step adds to the weights W of a layer
 *
 * <pre>ΔW = −η · multiplier² · factor · δ hᵀ,   so its outputs move by   η · multiplier² · factor · δ (h·h),</pre>
 *
 * where h are the layer's inputs (h·h ∝ n behind a hidden layer, ∝ 1 at the first) and δ the error that comes back: ∝
 * n^(−s) of the readout at the start, and later as large as what the readout has learned. {@link #input}, {@link #hidden}
 * and {@link #readout} are the exponents of η multiplier² factor (h·h) at η = 1, with the sign turned: the layer's
 * outputs move ∝ n^(−exponent) per unit of δ. Adam divides the gradient by its size, so that its steps do not depend on
 * δ, and multiplier² factor (h·h) becomes multiplier × factor × (number of inputs).
 *
 * <p>At a learning rate ∝ n^(−c) hidden coordinates then move ∝ n^(−r) with
 *
 * <pre>r(c) = min(input, hidden) + c + min(s, readout + 1 + c)      (without the last term for Adam),</pre>
 *
 * and training is stable while r ≥ 0 (hidden coordinates do not explode), readout + c ≥ 0 (nor does the output by the
 * readout's own steps) and s + r ≥ 1 (nor by the movement of the n hidden coordinates, which is along the readout).
 * {@link #stableRate} is the smallest c that fulfills all three. If then r = 0 every layer learns features at any width:
 * rich, μP. If r > 0 hidden coordinates stand still in the limit: lazy, a kernel method.
 *
 * <p>Sources: Yang and Hu (2021), theorem 3.8 and its definitions of a, b, c, r, here in the combinations that do not
 * change when a factor moves from the multiplier to the deviation; for Adam, Yang and Littwin (2023) and, with aligned
 * hidden movement, Everett et al. (2024).
 *
 * @param rule       what moves the parameters
 * @param readoutSize s, of the readout; infinite where it starts at 0
 * @param input      exponent of the first layer
 * @param hidden     exponent of a layer between hidden layers
 * @param readout    exponent of the last layer
 */
public record WidthScaling(Rule rule, double readoutSize, double input, double hidden, double readout) {

    /** Two kinds of steps. */
    public enum Rule {
        /** Steps along the gradient: gradient descent, SGD, momentum. */
        DESCENT,
        /** Steps of a size of their own: Adam, RMSProp. */
        ADAM
    }

    /** Checks that the numbers are finite; only the size may be infinite. */
    public WidthScaling {
        if (Double.isNaN(readoutSize) || readoutSize == Double.NEGATIVE_INFINITY) {
            throw new IllegalArgumentException(
                    "readoutSize = " + readoutSize
                            + ": expected a number, or infinity for a readout that starts at 0");
        }
        for (double exponent : new double[]{input, hidden, readout}) {
            if (!Double.isFinite(exponent)) {
                throw new IllegalArgumentException("exponent = " + exponent + ": expected a finite number");
            }
        }
    }

    /**
     * The exponents of a parameterization, read off its table at two widths.
     *
     * @param parameterization how start and rates depend on the width
     * @param rule gradient descent or Adam
     * @throws IllegalArgumentException if activations do not keep their size with width at the start: then no learning
     *                                  rate helps
     */
    public static WidthScaling of(Parameterization parameterization, Rule rule) {
        double first = size(parameterization, Role.INPUT);
        double next = size(parameterization, Role.HIDDEN);
        if (Math.abs(first) > 1e-9 || Math.abs(next - 0.5) > 1e-9) {
            throw new IllegalArgumentException(String.format(Locale.ROOT,
                    "weights of size n^%.2f at the input and n^%.2f between hidden layers: expected n^0 and n^-0.5",
                    -first, -next));
        }
        double last = parameterization.readoutScale() == 0
                ? Double.POSITIVE_INFINITY
                : size(parameterization, Role.READOUT);
        return new WidthScaling(rule, last, step(parameterization, rule, Role.INPUT),
                step(parameterization, rule, Role.HIDDEN) - 1,
                step(parameterization, rule, Role.READOUT) - 1);
    }

    /** c: the largest stable learning rate is ∝ n^(−c). */
    public double stableRate() {
        double least = Math.min(input, hidden);
        double still = Math.max(0, 1 - readoutSize); // the r that is needed
        double forHidden = switch (rule) {
            case DESCENT -> Math.max(still - least - readoutSize, (still - least - readout - 1) / 2);
            case ADAM -> still - least;
        };
        return Math.max(-readout, forHidden);
    }

    /**
     * r at the learning rate ∝ n^(−c): hidden coordinates move ∝ n^(−r) in some steps.
     *
     * @param c the exponent of the learning rate
     * @return r; negative where hidden coordinates explode with the width
     */
    public double movement(double c) {
        return Math.min(input, hidden) + c + switch (rule) {
            case DESCENT -> Math.min(readoutSize, readout + 1 + c);
            case ADAM -> 0;
        };
    }

    /**
     * How the coordinates of one hidden layer move in the first step, ∝ n^(−exponent), by the step of the weights right
     * before it.
     *
     * @param layer the hidden layer, from 1
     * @param c     the exponent of the learning rate
     * @return the exponent
     */
    public double firstMovement(int layer, double c) {
        if (layer < 1) {
            throw new IllegalArgumentException("layer = " + layer + ": expected a hidden layer, from 1");
        }
        return (layer == 1 ? input : hidden) + c + (rule == Rule.DESCENT ? readoutSize : 0);
    }

    /** Whether features are learned at any width when the learning rate is the largest stable one. */
    public boolean isRich() {
        return movement(stableRate()) < 1e-9;
    }

    /**
     * By how many doublings the largest stable learning rate falls from one width to another: c log₂(to/from).
     *
     * @param from a width, positive
     * @param to   a width, positive
     * @return in factors of two; negative where the rate grows
     */
    public double drift(double from, double to) {
        for (double width : List.of(from, to)) {
            if (!(width > 0) || Double.isInfinite(width)) {
                throw new IllegalArgumentException(
                        "width = " + width + ": expected a positive finite number");
            }
        }
        return stableRate() * Math.log(to / from) / Math.log(2);
    }

    private static double size(Parameterization parameterization, Role role) {
        return -power(parameterization, role, scaling -> scaling.multiplier() * scaling.deviation());
    }

    private static double step(Parameterization parameterization, Rule rule, Role role) {
        return -power(parameterization, role, scaling -> switch (rule) {
            case DESCENT -> scaling.multiplier() * scaling.multiplier() * scaling.sgdRate();
            case ADAM -> scaling.multiplier() * scaling.adamRate();
        });
    }

    /** The table holds powers of the width, so two widths tell the exponent exactly. */
    private static double power(Parameterization parameterization, Role role,
            ToDoubleFunction<Parameterization.Scaling> quantity) {
        int width = parameterization.baseWidth();
        double narrow = quantity.applyAsDouble(parameterization.scaling(spec(role, width), 0));
        double wide = quantity.applyAsDouble(parameterization.scaling(spec(role, 2 * width), 0));
        // What rounding left in the tenth digit is cut off; + 0.0 turns −0 into 0.
        double power = Math.log(wide / narrow) / Math.log(2);
        return Math.rint(power * 1e9) / 1e9 + 0.0;
    }

    private static ParameterSpec spec(Role role, int width) {
        return switch (role) {
            case INPUT -> ParameterSpec.weight("weight", width, 1).withRole(role);
            case READOUT -> ParameterSpec.weight("weight", 1, width).withRole(role);
            default -> ParameterSpec.weight("weight", width, width).withRole(role);
        };
    }
}
