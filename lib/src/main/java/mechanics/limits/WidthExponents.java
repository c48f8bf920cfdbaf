package mechanics.limits;

/**
 * How the parts of a wide network move with its width n during training: the exponents p in movement ∝ nᵖ.
 *
 * <p>The network is in neural tangent parameterization and its output has the further factor α = n⁻ˢ, with a learning
 * rate ∝ 1/α² that keeps the speed of the output. With s = 0 it is the neural tangent parameterization itself, with
 * s = ½ the maximal update parameterization (mean field), up to constants.
 *
 * <p>The error reaches neuron i of a hidden layer through one readout weight aᵢ/√n, and the weights below add up n
 * such changes coherently, so that within a time of order one its pre-activation changes by
 *
 * <pre>  δhᵢ ∝ aᵢ / (α√n),   of size n^(s − ½).</pre>
 *
 * The tangent kernel is a mean over neurons. Its change of first order in δh has random signs, those of aᵢ, and
 * averages to n^(−½) n^(s − ½); its change of second order has not and is n^(2s − 1), which is at least as large. If the
 * activation has a kink, a share n^(s − ½) of the neurons passes over it and changes its slope by a number of order one,
 * again with random signs: the mean changes by n^(−½) times the root of that share, n^(s/2 − ¾).
 *
 * <p>Sources: Jacot, Gabriel and Hongler (2018), theorem 2, and Dyer and Gur-Ari (2020) for s = 0; Yang and Hu (2021),
 * section 3, where ½ − s is called r, for all s. The exponent of kinks is the argument above.
 *
 * @param s from 0 to ½
 */
public record WidthExponents(double s) {

    /** The neural tangent parameterization: lazy at infinite width. */
    public static final WidthExponents NEURAL_TANGENT = new WidthExponents(0);
    /** The maximal update parameterization: features move at any width. */
    public static final WidthExponents MAXIMAL_UPDATE = new WidthExponents(0.5);

    /** Checks the number. */
    public WidthExponents {
        if (!(s >= 0 && s <= 0.5))
            throw new IllegalArgumentException("s = " + s + ": expected 0 to 0.5");
    }

    /** Of the distance between the kernel at the start and its limit, −½ for all s: the kernel is a mean. */
    public double fluctuation() {
        return -0.5;
    }

    /** Of the change of a hidden pre-activation, s − ½. */
    public double preactivation() { return s - 0.5; }

    /** Of the relative change of the kernel where the activation is smooth, 2s − 1. */
    public double smoothKernel() {
        return 2 * s - 1;
    }

    /** Of the relative change of the kernel where the activation has a kink, the larger of 2s − 1 and s/2 − ¾. */
    public double kinkedKernel() {
        return Math.max(smoothKernel(), s / 2 - 0.75);
    }

    /**
     * How far a next order that is n^(−½) times the first shifts the slope between two widths on logarithmic axes.
     *
     * @param narrow the smallest width
     * @param wide the largest width
     */
    public static double correction(double narrow, double wide) {
        if (!(narrow > 0 && wide > narrow))
            throw new IllegalArgumentException(
                    "narrow, wide = " + narrow + ", " + wide + ": expected 0 < narrow < wide");
        return (1 / Math.sqrt(narrow) - 1 / Math.sqrt(wide)) / Math.log(wide / narrow);
    }
}
