package mechanics.solvable;

import mechanics.base.Require;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;
import org.hipparchus.analysis.solvers.BracketingNthOrderBrentSolver;

/**
 * One singular mode of a linear network of any depth under gradient flow, solved exactly: the sibling of
 * {@link LinearNetworkMode} for L layers, which it equals at L = 2.
 *
 * <p>The network is ŷ = W_L … W₁x with loss ½ Σ_μ ‖y_μ − ŷ_μ‖² and whitened inputs. If all layers start aligned with
 * the modes of Σ₃₁ and balanced, every layer keeps the same amplitude a for a mode, with τ da/dt = a^{L−1}(s − a^L),
 * and no mode feels another. The strength u = a^L follows
 *
 * <pre>τ du/dt = L u^{2−2/L}(s − u).</pre>
 *
 * With r = u/s, the time to grow from u₀ is τ s^{−2+2/L}/L · ∫ dr / (r^{2−2/L}(1 − r)), and
 *
 * <pre>1/(r^c (1 − r)) = r^{−c} + r^{1−c} + 1/(1 − r) − (1 − r^{2/L})/(1 − r),   c = 2 − 2/L.</pre>
 *
 * The first three terms have elementary integrals and the last is smooth and smaller than 1: Gauss–Legendre quadrature
 * (Hipparchus) in ln r gives it to about 12 digits. Cost of a time: a quadrature of 40 points for each power of e²
 * between u₀ and u; of a strength: about ten times.
 *
 * <p>Time t counts epochs, that is full-batch steps, and τ = 1/λ for the learning rate λ. Source: Saxe, McClelland and
 * Ganguli (2014), section 2 (arXiv 1312.6120). The lag of finite steps is derived at {@link #lag}.
 *
 * @param depth number of layers L, at least 1
 * @param s singular value of Σ₃₁: the strength this mode ends at, positive
 * @param u0 end-to-end strength at t = 0, between 0 and s
 * @param tau time constant τ = 1/λ, positive
 */
public record DeepLinearMode(int depth, double s, double u0, double tau) {
    /** Gauss–Legendre on −1 … 1. */
    private static final GaussIntegrator RULE = new GaussIntegratorFactory().legendre(40);
    /** Beyond this ln(r/(1 − r)), u and s are the same double. */
    private static final double SATURATED = 40;

    /** @throws IllegalArgumentException if an argument is out of its range */
    public DeepLinearMode {
        if (depth < 1) throw new IllegalArgumentException("depth = " + depth + ": expected at least 1 layer");
        Require.positive("s", s);
        Require.positive("tau", tau);
        Require.positive("u0", u0);
        if (!(u0 < s))
            throw new IllegalArgumentException("u0 = " + u0 + ": expected less than s = " + s);
    }

    /**
     * The mode of a network all of whose L layers start with amplitude a, so that u₀ = a^L.
     *
     * @param depth L, the number of layers
     * @param s the strength of the mode in the task
     * @param amplitude a, that of every layer at the start
     * @param tau τ = 1/η, in steps
     */
    public static DeepLinearMode fromAmplitude(int depth, double s, double amplitude, double tau) {
        Require.positive("amplitude", amplitude);
        return new DeepLinearMode(depth, s, Math.pow(amplitude, depth), tau);
    }

    /** The amplitude of one layer at the start, a = u₀^{1/L}. */
    public double amplitude() {
        return Math.pow(u0, 1.0 / depth);
    }

    /**
     * Strength u(t) of the mode.
     *
     * @param t time in epochs, at least 0
     * @return u(t), between u₀ and s
     */
    public double strength(double t) {
        if (!(t >= 0)) throw new IllegalArgumentException("t = " + t + ": expected a time of at least 0");
        double start = logit(u0 / s);
        if (t == 0) return u0;
        if (start >= SATURATED || time(start, SATURATED) <= t) return s;
        var solver = new BracketingNthOrderBrentSolver(1e-14, 1e-13, 1e-15, 5);
        // In z = ln(r/(1 − r)) no digit is lost at either end.
        double high = start + 1;
        while (time(start, high) < t) high = Math.min(SATURATED, high + 2 * (high - start));
        double z = solver.solve(200, x -> time(start, x) / t - 1, start, high);
        return s / (1 + Math.exp(-z));
    }

    /**
     * Time at which the mode has strength u, the inverse of {@link #strength}.
     *
     * @param u a strength between 0 and s
     * @return time in epochs, negative if the mode starts beyond u
     * @throws IllegalArgumentException if the mode never has strength u
     */
    public double timeTo(double u) {
        requireBelow(u);
        return time(logit(u0 / s), logit(u / s));
    }

    /** Time at which the mode is half learned, u = s/2; negative if u₀ is above s/2. */
    public double halfRiseTime() {
        return timeTo(s / 2);
    }

    /**
     * The curvature of the loss ½(s − a₁ ⋯ a_L)² where the mode is learned, L s^{2−2/L}: the largest eigenvalue of its
     * Hessian at a₁ = … = a_L = s^{1/L}. Gradient descent stays there if its learning rate is below 2/sharpness.
     */
    public double sharpness() { return depth * Math.pow(s, exponent()); }

    /**
     * How many epochs gradient descent comes later than gradient flow to strength u, to first order in λ.
     *
     * <p>A step of rate λ is Euler's method for da/dt = λf(a), f = a^{L−1}(s − a^L). Its time-one map is, to second order
     * in λ, that of the flow λ(f − ½λ f f′) (backward error analysis). The extra time is therefore ½ ∫ f′/f da =
     * ½ ln(f(a)/f(a₀)), that is ½ ln[u^{1−1/L}(s − u) / (u₀^{1−1/L}(s − u₀))]: it does not depend on λ.
     *
     * @param u a strength between 0 and s
     * @return epochs; the relative error of this first order is O(λ · sharpness)
     */
    public double lag(double u) {
        requireBelow(u);
        return (exponent() / 2 * Math.log(u / u0) + Math.log((s - u) / (s - u0))) / 2;
    }

    /** 2 − 2/L. */
    private double exponent() { return 2 - 2.0 / depth; }

    /** The time between two values of z = ln(r/(1 − r)). */
    private double time(double from, double to) {
        double rest = 2.0 / depth; // 2 − c
        double x = logShare(from), y = logShare(to);
        double integral = power(rest - 1, x, y) + power(rest, x, y) + softplus(to) - softplus(from)
                - remainder(rest, x, y);
        return tau / sharpness() * integral;
    }

    /** ∫ r^{p−1} dr between e^x and e^y: (e^{py} − e^{px})/p. */
    private static double power(double p, double x, double y) {
        return p == 0 ? y - x : Math.exp(p * x) * Math.expm1(p * (y - x)) / p;
    }

    /** ∫ (1 − r^p)/(1 − r) dr between e^x and e^y. */
    private static double remainder(double p, double x, double y) {
        int pieces = (int) Math.max(1, Math.ceil(Math.abs(y - x) / 2));
        double half = (y - x) / pieces / 2;
        double sum = 0;
        for (int i = 0; i < pieces; i++) {
            double middle = x + (2 * i + 1) * half;
            sum += half * RULE.integrate(node -> {
                double v = middle + half * node; // ln r
                return v == 0 ? p : Math.expm1(p * v) / Math.expm1(v) * Math.exp(v);
            });
        }
        return sum;
    }

    /** z = ln(r/(1 − r)). */
    private static double logit(double r) { return Math.log(r) - Math.log1p(-r); }

    /** ln r = −ln(1 + e^{−z}). */
    private static double logShare(double z) { return -softplus(-z); }

    /** −ln(1 − r) = ln(1 + e^z). */
    private static double softplus(double z) {
        return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }

    private void requireBelow(double u) {
        Require.positive("u", u);
        if (!(u < s))
            throw new IllegalArgumentException("u = " + u + ": expected a strength below s = " + s);
    }
}
