package mechanics.network;

import mechanics.base.Require;
/**
 * How the size of weights, the factors before them and their learning rates scale with width and depth. This is the
 * one place where the exponents are written. A weight enters the network as multiplier × parameter; the parameter
 * starts with the given standard deviation and learns at factor × the learning rate.
 *
 * <p>With n = fan-in, m = fan-out, σ = {@link #weightScale}, σ_b = {@link #biasScale}, n₀ = {@link #baseWidth}:
 *
 * <pre>
 *                     standard       neural tangent    maximal update (μP)
 *                     multiplier deviation   mult.  dev.      mult.  deviation   SGD rate  Adam rate
 * input, embedding        1       σ/√n       σ/√n    1         1      σ/√n         m/n₀       1
 * hidden                  1       σ/√n       σ/√n    1         1      σ/√n         m/n        n₀/n
 * readout                 1       σ/√n       σ/√n    1        n₀/n    σ/√n₀        n/n₀       1
 * bias (hidden), gain     1       σ_b        σ_b     1         1      σ_b          m/n₀       1
 * bias (readout)          1       σ_b        σ_b     1         1      σ_b          1          1
 * learning rates          1                  1
 * </pre>
 *
 * Standard: LeCun et al. (1998); σ = √2 is He et al. (2015). Neural tangent: Jacot, Gabriel and Hongler (2018).
 * Maximal update: Yang and Hu (2021); Yang et al. (2022), table 8, with all factors 1 at the base width, so that
 * there it is the standard parameterization. With base width 1 it is the mean-field scaling of a two-layer network.
 * An embedding sums over one row, so its n is 1. A gain starts at 1 and has the learning rate of a bias.
 *
 * <p>With L residual branches and depth exponent a ≠ 0, every branch has the factor L^(−a), and weights inside
 * branches learn at L^(2a−1) × the rate for SGD and L^(a−1) × for Adam, so that each update moves the output by the
 * same amount at every depth; a = ½: Yang et al. (2023), Bordelon et al. (2023); a = 1 is the limit of an ordinary
 * differential equation. With a = 0 depth scales nothing.
 *
 * <p>A start with output zero leaves the tangent kernel its limit of infinite width only where it does not silence
 * layers: {@code readoutScale} 0 silences all but the last, {@link Architecture#antisymmetric} pairs all but the last
 * two.
 *
 * @param kind the column of the table
 * @param weightScale σ
 * @param biasScale σ_b
 * @param readoutScale a further factor on the deviation of the readout; 0 starts with output zero
 * @param baseWidth n₀
 * @param depthExponent a
 */
public record Parameterization(Kind kind, double weightScale, double biasScale, double readoutScale,
        int baseWidth,
        double depthExponent) {

    /** The columns of the table. */
    public enum Kind {
        /** Factors 1; deviations keep the size of activations. */
        STANDARD,
        /** The deviation written as a factor: infinite width is a kernel method. */
        NEURAL_TANGENT,
        /** Every layer learns features as fast as stability allows, at any width. */
        MAXIMAL_UPDATE
    }

    /**
     * What the table says of one parameter.
     *
     * @param multiplier the factor where the parameter enters the computation
     * @param deviation the standard deviation at the start
     * @param sgdRate the factor on the learning rate of gradient descent and its kin
     * @param adamRate the factor on the learning rate of Adam and its kin
     */
    public record Scaling(double multiplier, double deviation, double sgdRate, double adamRate) {}

    /** Checks the numbers. */
    public Parameterization {
        Require.notNegative("weightScale", weightScale);
        Require.notNegative("biasScale", biasScale);
        Require.notNegative("readoutScale", readoutScale);
        Require.notNegative("depthExponent", depthExponent);
        if (baseWidth <= 0) {
            throw new IllegalArgumentException("baseWidth = " + baseWidth + ": expected at least 1");
        }
    }

    /** The standard parameterization, σ = 1 and biases starting at 0. */
    public static Parameterization standard() {
        return new Parameterization(Kind.STANDARD, 1, 0, 1, 1, 0);
    }

    /** The neural tangent parameterization, σ = 1 and σ_b = 0.1. */
    public static Parameterization neuralTangent() {
        return new Parameterization(Kind.NEURAL_TANGENT, 1, 0.1, 1, 1, 0);
    }

    /**
     * The maximal update parameterization, equal to the standard one where all widths are {@code baseWidth}.
     *
     * @param baseWidth the width at which it equals the standard parameterization
     */
    public static Parameterization maximalUpdate(int baseWidth) {
        return new Parameterization(Kind.MAXIMAL_UPDATE, 1, 0, 1, baseWidth, 0);
    }

    /** The mean-field parameterization: maximal update with base width 1. */
    public static Parameterization meanField() {
        return maximalUpdate(1);
    }

    /**
     * The same with another σ.
     *
     * @param sigma σ, not negative
     */
    public Parameterization weightScale(double sigma) {
        return new Parameterization(kind, sigma, biasScale, readoutScale, baseWidth, depthExponent);
    }

    /**
     * The same with another σ_b.
     *
     * @param sigma σ_b, not negative
     */
    public Parameterization biasScale(double sigma) {
        return new Parameterization(kind, weightScale, sigma, readoutScale, baseWidth, depthExponent);
    }

    /**
     * The same with another factor on the readout's deviation.
     *
     * @param factor on the deviation of the readout, not negative
     */
    public Parameterization readoutScale(double factor) {
        return new Parameterization(kind, weightScale, biasScale, factor, baseWidth, depthExponent);
    }

    /**
     * The same with another depth exponent a.
     *
     * @param a a, not negative
     */
    public Parameterization depthExponent(double a) {
        return new Parameterization(kind, weightScale, biasScale, readoutScale, baseWidth, a);
    }

    /**
     * The factor before each of {@code branches} residual branches, L^(−a).
     *
     * @param branches L, the number of residual branches
     */
    public double branchMultiplier(int branches) {
        return depthExponent == 0 ? 1 : Math.pow(Math.max(1, branches), -depthExponent);
    }

    /**
     * The entries of the table for one parameter.
     *
     * @param spec the parameter, its role decided
     * @param branches L, the number of residual branches in the network
     */
    public Scaling scaling(ParameterSpec spec, int branches) {
        Scaling width = switch (kind) {
            case STANDARD -> new Scaling(1, deviation(spec), 1, 1);
            case NEURAL_TANGENT -> neuralTangent(spec);
            case MAXIMAL_UPDATE -> maximalUpdate(spec);
        };
        if (!spec.inBranch() || depthExponent == 0) return width;
        return new Scaling(width.multiplier, width.deviation,
                width.sgdRate * Math.pow(branches, 2 * depthExponent - 1),
                width.adamRate * Math.pow(branches, depthExponent - 1));
    }

    private double deviation(ParameterSpec spec) {
        return switch (spec.role()) {
            case BIAS, READOUT_BIAS -> biasScale;
            case GAIN -> 0;
            case READOUT -> readoutScale * weightScale / Math.sqrt(spec.fanIn());
            case WEIGHT, INPUT, HIDDEN, EMBEDDING -> weightScale / Math.sqrt(spec.fanIn());
        };
    }

    private Scaling neuralTangent(ParameterSpec spec) {
        return switch (spec.role()) {
            case BIAS, READOUT_BIAS -> new Scaling(biasScale, 1, 1, 1);
            case GAIN -> new Scaling(1, 0, 1, 1);
            case READOUT -> new Scaling(weightScale / Math.sqrt(spec.fanIn()), readoutScale, 1, 1);
            case WEIGHT, INPUT, HIDDEN, EMBEDDING ->
                new Scaling(weightScale / Math.sqrt(spec.fanIn()), 1, 1, 1);
        };
    }

    private Scaling maximalUpdate(ParameterSpec spec) {
        double in = (double) spec.fanIn() / baseWidth;
        double out = (double) spec.fanOut() / baseWidth;
        double deviation = deviation(spec);
        return switch (spec.role()) {
            case INPUT, EMBEDDING, BIAS, GAIN -> new Scaling(1, deviation, out, 1);
            case WEIGHT, HIDDEN -> new Scaling(1, deviation, out / in, 1 / in);
            case READOUT -> new Scaling(1 / in, deviation * Math.sqrt(in), in, 1);
            case READOUT_BIAS -> new Scaling(1, deviation, 1, 1);
        };
    }
}
