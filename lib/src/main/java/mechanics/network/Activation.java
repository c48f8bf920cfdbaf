package mechanics.network;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

import mechanics.linalg.Array;
import mechanics.linalg.Elementary;
import mechanics.linalg.FloatArray;

/**
 * A function φ applied to every entry, with its first and second derivatives. Where a derivative jumps, as that of
 * ReLU at 0, the value from the left is taken.
 *
 * <p>An activation computes blocks of numbers in double precision, whatever the precision of the network; those
 * that training spends its time in compute single precision directly.
 */
public abstract class Activation {
    /** φ(z) = z: makes a network linear. */
    public static final Activation IDENTITY = new Rectifier("identity", 1);
    /** φ(z) = max(z, 0). */
    public static final Activation RELU = new Rectifier("relu", 0);
    /** φ(z) = tanh z. */
    public static final Activation TANH = new Tanh();
    /** φ(z) = erf z. The activation erf(z/√2) of Saad and Solla (1995) is {@code erf(Math.sqrt(0.5))}. */
    public static final Activation ERF = new Erf(1);
    /** φ(z) = z Φ(z) with the normal distribution function Φ (Hendrycks and Gimpel 2016). */
    public static final Activation GELU = new Gelu();
    /** φ(z) = 1 / (1 + e^(−z)). */
    public static final Activation SIGMOID = new Sigmoid();
    /** φ(z) = ln(1 + eᶻ). */
    public static final Activation SOFTPLUS = of("softplus",
            z -> Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))),
            z -> 1 / (1 + Math.exp(-z)), z -> 1 / (2 + Math.exp(z) + Math.exp(-z)));
    /** φ(z) = z / (1 + e^(−z)), also called swish. */
    public static final Activation SILU = of("silu", z -> z / (1 + Math.exp(-z)), Activation::siluSlope,
            Activation::siluCurvature);
    /** φ(z) = z². */
    public static final Activation QUADRATIC = of("quadratic", z -> z * z, z -> 2 * z, z -> 2);
    /** φ(z) = sin z. */
    public static final Activation SIN = of("sin", Math::sin, Math::cos, z -> -Math.sin(z));
    /** φ(z) = cos z. */
    public static final Activation COS = of("cos", Math::cos, z -> -Math.sin(z), z -> -Math.cos(z));
    /** φ(z) = eᶻ. */
    public static final Activation EXP = of("exp", Math::exp, Math::exp, Math::exp);

    private final String name;

    private Activation(String name) { this.name = name; }

    /** The name, as in a description of the network. */
    public final String name() { return name; }

    /**
     * value = φ(z) and slope = φ′(z) for the first {@code n} entries. Modified: value and slope.
     */
    abstract void evaluate(double[] z, double[] value, double[] slope, int n);

    /**
     * curvature = φ″(z) for the first {@code n} entries, where {@link #evaluate} has left value and slope. Modified:
     * curvature.
     */
    abstract void curvature(double[] z, double[] value, double[] slope, double[] curvature, int n);

    /** Whether φ″ = 0 wherever it exists, so that no time need be spent on it. */
    boolean isPiecewiseLinear() {
        return false;
    }

    /**
     * value = φ(z) and slope = φ′(z) for whole arrays. Modified: value, slope and the scratch.
     *
     * @param z pre-activations. Not modified
     * @param value as long as z
     * @param slope as long as z
     * @param scratch room for blocks
     */
    public void evaluate(Array z, Array value, Array slope, Scratch scratch) {
        int length = z.length();
        for (int from = 0; from < length; from += Scratch.SIZE) {
            int n = Math.min(Scratch.SIZE, length - from);
            z.load(from, scratch.z, n);
            evaluate(scratch.z, scratch.value, scratch.slope, n);
            value.store(from, scratch.value, n);
            slope.store(from, scratch.slope, n);
        }
    }

    /**
     * result = φ′(z) ∘ w + φ″(z) ∘ u ∘ v + β result for whole arrays, where {@link #evaluate} has left value and
     * slope: the product rule of a slope times an adjoint v, along a tangent u of z and w of v. Modified: result and
     * the scratch.
     *
     * @param z pre-activations; all arrays have one length
     * @param value φ(z)
     * @param slope φ′(z)
     * @param u the tangent of z
     * @param v the adjoint
     * @param w the tangent of the adjoint
     * @param beta what the old result is multiplied by
     * @param result written to
     * @param scratch room for blocks
     */
    public void multiplyTangent(Array z, Array value, Array slope, Array u, Array v, Array w, double beta,
            Array result, Scratch scratch) {
        result.multiply(slope, w, beta);
        if (!isPiecewiseLinear()) addCurvature(z, value, slope, u, v, result, scratch);
    }

    private void addCurvature(Array z, Array value, Array slope, Array u, Array v, Array result,
            Scratch scratch) {
        double[] term = scratch.curvature;
        double[] block = scratch.z;
        for (int from = 0; from < z.length(); from += Scratch.SIZE) {
            int n = Math.min(Scratch.SIZE, z.length() - from);
            z.load(from, scratch.z, n);
            value.load(from, scratch.value, n);
            slope.load(from, scratch.slope, n);
            curvature(scratch.z, scratch.value, scratch.slope, term, n);
            u.load(from, block, n);
            for (int i = 0; i < n; i++) term[i] *= block[i];
            v.load(from, block, n);
            for (int i = 0; i < n; i++) term[i] *= block[i];
            result.load(from, block, n);
            for (int i = 0; i < n; i++) block[i] += term[i];
            result.store(from, block, n);
        }
    }

    /** Room for blocks that stay in the first-level cache. */
    public static final class Scratch {
        static final int SIZE = 512;
        final double[] z = new double[SIZE];
        final double[] value = new double[SIZE];
        final double[] slope = new double[SIZE];
        final double[] curvature = new double[SIZE];
    }

    /**
     * φ(z) of one number.
     *
     * @param z the pre-activation
     */
    public final double value(double z) {
        var value = new double[1];
        evaluate(new double[]{z}, value, new double[1], 1);
        return value[0];
    }

    /**
     * φ′(z) of one number.
     *
     * @param z the pre-activation
     */
    public final double slope(double z) {
        var slope = new double[1];
        evaluate(new double[]{z}, new double[1], slope, 1);
        return slope[0];
    }

    /**
     * φ″(z) of one number.
     *
     * @param z the pre-activation
     */
    public final double curvature(double z) {
        double[] at = {z};
        var value = new double[1];
        var slope = new double[1];
        var curvature = new double[1];
        evaluate(at, value, slope, 1);
        curvature(at, value, slope, curvature, 1);
        return curvature[0];
    }

    /**
     * φ(z) = z for z > 0 and leak · z elsewhere.
     *
     * @param leak the slope for negative z
     */
    public static Activation leakyRelu(double leak) {
        return new Rectifier("leakyRelu(" + leak + ")", leak);
    }

    /**
     * The activation given by its formula and those of its two derivatives.
     *
     * @param name the name in descriptions
     * @param value φ
     * @param slope φ′
     * @param curvature φ″; see DerivativeCheck of mechanics.training.tasks for a proof that the three fit
     */
    public static Activation of(String name, DoubleUnaryOperator value, DoubleUnaryOperator slope,
            DoubleUnaryOperator curvature) {
        return new Formula(name, value, slope, curvature);
    }

    /**
     * φ(z) = erf(s z).
     *
     * @param s the factor on z
     */
    public static Activation erf(double s) { return new Erf(s); }

    @Override
    public final String toString() { return name; }

    private static double siluSlope(double z) {
        double s = 1 / (1 + Math.exp(-z));
        return s * (1 + z * (1 - s));
    }

    private static double siluCurvature(double z) {
        double s = 1 / (1 + Math.exp(-z));
        return s * (1 - s) * (2 + z * (1 - 2 * s));
    }

    /** An activation made of three formulas. */
    private static final class Formula extends Activation {
        private final DoubleUnaryOperator phi;
        private final DoubleUnaryOperator first;
        private final DoubleUnaryOperator second;

        Formula(String name, DoubleUnaryOperator phi, DoubleUnaryOperator first, DoubleUnaryOperator second) {
            super(name);
            this.phi = phi;
            this.first = first;
            this.second = second;
        }

        @Override
        void evaluate(double[] z, double[] value, double[] slope, int n) {
            for (int i = 0; i < n; i++) {
                value[i] = phi.applyAsDouble(z[i]);
                slope[i] = first.applyAsDouble(z[i]);
            }
        }

        @Override
        void curvature(double[] z, double[] value, double[] slope, double[] curvature, int n) {
            for (int i = 0; i < n; i++) curvature[i] = second.applyAsDouble(z[i]);
        }
    }

    /** z for z > 0, leak · z elsewhere. */
    private static final class Rectifier extends Activation {
        private final double leak;

        Rectifier(String name, double leak) {
            super(name);
            this.leak = leak;
        }

        @Override
        void evaluate(double[] z, double[] value, double[] slope, int n) {
            for (int i = 0; i < n; i++) {
                slope[i] = z[i] <= 0 ? leak : 1;
                value[i] = slope[i] * z[i];
            }
        }

        @Override
        public void evaluate(Array z, Array value, Array slope, Scratch scratch) {
            value.rectify(z, leak, slope);
        }

        @Override
        void curvature(double[] z, double[] value, double[] slope, double[] curvature, int n) {
            Arrays.fill(curvature, 0, n, 0);
        }

        @Override
        boolean isPiecewiseLinear() { return true; }
    }

    /** φ′ = 1 − φ², φ″ = −2 φ φ′. */
    private static final class Tanh extends Activation {
        Tanh() { super("tanh"); }

        @Override
        void evaluate(double[] z, double[] value, double[] slope, int n) {
            Elementary.tanh(z, 0, value, 0, n);
            for (int i = 0; i < n; i++) slope[i] = 1 - value[i] * value[i];
        }

        @Override
        public void evaluate(Array z, Array value, Array slope, Scratch scratch) { value.tanh(z, slope); }

        @Override
        void curvature(double[] z, double[] value, double[] slope, double[] curvature, int n) {
            for (int i = 0; i < n; i++) curvature[i] = -2 * value[i] * slope[i];
        }

        @Override
        public void multiplyTangent(Array z, Array value, Array slope, Array u, Array v, Array w, double beta,
                Array result, Scratch scratch) {
            result.multiplyTanhTangent(value, slope, u, v, w, beta);
        }
    }

    /** φ = erf(sz), φ′ = 2s/√π exp(−s²z²), φ″ = −2s²z φ′. */
    private static final class Erf extends Activation {
        private final double s;

        Erf(double s) {
            super(s == 1 ? "erf" : "erf(" + s + " z)");
            this.s = s;
        }

        @Override
        void evaluate(double[] z, double[] value, double[] slope, int n) {
            for (int i = 0; i < n; i++) {
                value[i] = s * z[i];
                slope[i] = -value[i] * value[i];
            }
            Elementary.erf(value, 0, value, 0, n);
            Elementary.exp(slope, 0, slope, 0, n);
            for (int i = 0; i < n; i++) slope[i] *= 2 * s / Math.sqrt(Math.PI);
        }

        @Override
        void curvature(double[] z, double[] value, double[] slope, double[] curvature, int n) {
            for (int i = 0; i < n; i++) curvature[i] = -2 * s * s * z[i] * slope[i];
        }
    }

    /** φ′ = Φ + z p, φ″ = (2 − z²) p with the normal density p. */
    private static final class Gelu extends Activation {
        private static final double DENSITY = 1 / Math.sqrt(2 * Math.PI);

        Gelu() { super("gelu"); }

        @Override
        public void evaluate(Array z, Array value, Array slope, Scratch scratch) {
            if (z instanceof FloatArray x && value instanceof FloatArray y && slope instanceof FloatArray d) {
                Elementary.gelu(x.storage(), x.offset(), y.storage(), y.offset(), d.storage(), d.offset(),
                        x.length());
            } else {
                super.evaluate(z, value, slope, scratch);
            }
        }

        @Override
        void evaluate(double[] z, double[] value, double[] slope, int n) {
            for (int i = 0; i < n; i++) {
                slope[i] = -0.5 * z[i] * z[i];
                value[i] = Math.sqrt(0.5) * z[i];
            }
            Elementary.exp(slope, 0, slope, 0, n);
            Elementary.erf(value, 0, value, 0, n);
            for (int i = 0; i < n; i++) {
                double probability = 0.5 + 0.5 * value[i];
                value[i] = z[i] * probability;
                slope[i] = probability + z[i] * DENSITY * slope[i];
            }
        }

        @Override
        void curvature(double[] z, double[] value, double[] slope, double[] curvature, int n) {
            for (int i = 0; i < n; i++) curvature[i] = -0.5 * z[i] * z[i];
            Elementary.exp(curvature, 0, curvature, 0, n);
            for (int i = 0; i < n; i++) curvature[i] *= DENSITY * (2 - z[i] * z[i]);
        }
    }

    /** φ′ = φ (1 − φ), φ″ = φ′ (1 − 2φ). */
    private static final class Sigmoid extends Activation {
        Sigmoid() { super("sigmoid"); }

        @Override
        void evaluate(double[] z, double[] value, double[] slope, int n) {
            for (int i = 0; i < n; i++) value[i] = -z[i];
            Elementary.exp(value, 0, value, 0, n);
            for (int i = 0; i < n; i++) {
                value[i] = 1 / (1 + value[i]);
                slope[i] = value[i] * (1 - value[i]);
            }
        }

        @Override
        void curvature(double[] z, double[] value, double[] slope, double[] curvature, int n) {
            for (int i = 0; i < n; i++) curvature[i] = slope[i] * (1 - 2 * value[i]);
        }
    }
}
