package mechanics.solvable;

import java.util.random.RandomGenerator;

import org.hipparchus.special.Erf;

import mechanics.base.Require;

/**
 * Addition modulo a prime p by a network with two layers and quadratic activation: its weights in closed form, how many
 * neurons they need, and the ruler for the waves in trained weights.
 *
 * <p>The inputs are a and b as unit vectors of length p, one after the other. Neuron k and output c are
 * <pre>
 *   hₖ = (cos(ωₖa + φₖ) + cos(ωₖb + φ'ₖ))²,   f_c = Σₖ cos(ωₖc + φₖ + φ'ₖ) hₖ,   ωₖ = 2π sₖ/p,
 * </pre>
 * with a random frequency sₖ from 1 to (p − 1)/2 and random phases. Every neuron adds to the lead of the right output
 * c = a + b over another one
 * <pre>
 *   D = (1 + cos χ)(1 + cos ψ)(cos ψ − cos(ψ + δ)),
 * </pre>
 * with independent uniform angles ψ and χ and δ = 2π s/p with a uniform s: positive on average, p/(2(p − 1)), but not
 * always. The lead over N neurons is negative with a probability P that the saddle-point approximation of Lugannani and
 * Rice (1980) gives from K(x) = ln E exp(xD), up to a relative error O(1/N). The accuracy is taken as (1 − P)^(p−1), as if
 * the p − 1 leads were independent. So the neurons needed for an error ε are about ln(p/ε)/I, with I = −min K.
 *
 * <p>Immutable. Cost: O(p) for {@link #of}, then O(1) for every number.
 *
 * <p>Source: Gromov (2023) for the weights; the count is derived here.
 */
public final class ModularAddition {
    /** Points of a periodic integral of a smooth function: exact to rounding. */
    private static final int POINTS = 48;

    private final int p;
    private final double saddle;
    private final double rate;
    private final double curvature;
    private final double mean;
    private final double variance;

    /** K, K′ and K″ at x. */
    private record Cumulants(double value, double slope, double curvature) {}

    private ModularAddition(int p) {
        this.p = p;
        Cumulants atZero = cumulants(0);
        mean = atZero.slope;
        variance = atZero.curvature;
        // K is convex, with K′(0) > 0: Newton's method from zero, kept left of it.
        double x = -mean / variance;
        for (int i = 0; i < 100; i++) {
            Cumulants at = cumulants(x);
            double step = at.slope / at.curvature;
            x -= step;
            if (Math.abs(step) < 1e-12) break;
        }
        saddle = x;
        Cumulants at = cumulants(x);
        rate = -at.value;
        curvature = at.curvature;
    }

    /**
     * Addition modulo p.
     *
     * @param p a prime, at least 3
     * @throws IllegalArgumentException if it is no such number
     */
    public static ModularAddition of(int p) {
        boolean prime = p > 2;
        for (int q = 2; prime && q * q <= p; q++) prime = p % q != 0;
        if (!prime) throw new IllegalArgumentException("p = " + p + ": expected a prime of at least 3");
        return new ModularAddition(p);
    }

    /** The frequencies, (p − 1)/2. */
    public int frequencies() { return (p - 1) / 2; }

    /** The mean of D, p/(2(p − 1)). */
    public double mean() { return mean; }

    /** The variance of D. */
    public double variance() { return variance; }

    /** I = −min K, the rate at which the error falls with every neuron. */
    public double rate() {
        return rate;
    }

    /**
     * P, the probability that the lead over one other output is negative.
     *
     * @param neurons N, at least 1
     */
    public double wrongProbability(int neurons) {
        double r = -Math.sqrt(2.0 * Require.positive("neurons", neurons) * rate);
        double u = saddle * Math.sqrt(neurons * curvature);
        double density = Math.exp(-r * r / 2) / Math.sqrt(2 * Math.PI);
        return Erf.erfc(-r / Math.sqrt(2)) / 2 + density * (1 / r - 1 / u);
    }

    /**
     * The accuracy of N random neurons, (1 − P)^(p−1).
     *
     * @param neurons N, at least 1
     */
    public double accuracy(int neurons) {
        return Math.exp((p - 1.0) * Math.log1p(-wrongProbability(neurons)));
    }

    /**
     * The smallest N with at least this accuracy.
     *
     * @param accuracy above 0, below 1
     * @throws IllegalArgumentException if it is out of range
     */
    public int neuronsFor(double accuracy) {
        if (!(accuracy > 0 && accuracy < 1))
            throw new IllegalArgumentException(
                    "accuracy = " + accuracy + ": expected a number between 0 and 1");
        int neurons = 1;
        while (accuracy(neurons) < accuracy) neurons++;
        return neurons;
    }

    /**
     * The weights of a network.
     *
     * @param first N × 2p, rows are neurons: a, then b
     * @param second p × N, rows are outputs
     */
    public record Layers(double[][] first, double[][] second) {}

    /**
     * Neurons with random frequencies and phases.
     *
     * @param neurons N, at least 1
     * @param random where they come from
     */
    public Layers draw(int neurons, RandomGenerator random) {
        Require.positive("neurons", neurons);
        var first = new double[neurons][2 * p];
        var second = new double[p][neurons];
        for (int k = 0; k < neurons; k++) {
            double omega = 2 * Math.PI * (1.0 + random.nextInt(frequencies())) / p;
            double phaseA = random.nextDouble(2 * Math.PI);
            double phaseB = random.nextDouble(2 * Math.PI);
            for (int j = 0; j < p; j++) {
                first[k][j] = Math.cos(omega * j + phaseA);
                first[k][p + j] = Math.cos(omega * j + phaseB);
                second[j][k] = Math.cos(omega * j + phaseA + phaseB);
            }
        }
        return new Layers(first, second);
    }

    /**
     * The strongest wave in p weights, A cos(2π s j/p + φ).
     *
     * @param frequency s, from 1 to (p − 1)/2
     * @param phase φ, from −π to π
     * @param share its part of Σ (wⱼ − mean)², from 0 to 1; 0 if that is zero
     */
    public record Wave(int frequency, double phase, double share) {}

    /**
     * The strongest wave in the weights of a neuron from or to one number.
     *
     * @param weights p numbers. Not modified.
     * @throws IllegalArgumentException if there are not p
     */
    public Wave wave(double[] weights) {
        Require.sameLength("weights", weights.length, "p", p);
        double center = 0;
        for (double w : weights) center += w / p;
        double power = 0;
        for (double w : weights) power += (w - center) * (w - center);
        var best = new Wave(1, 0, 0);
        for (int s = 1; s <= frequencies(); s++) {
            double cos = 0;
            double sin = 0;
            for (int j = 0; j < p; j++) {
                // The product is reduced first: large angles would lose digits.
                double angle = 2 * Math.PI * (s * (long) j % p) / p;
                cos += weights[j] * Math.cos(angle);
                sin += weights[j] * Math.sin(angle);
            }
            double share = power == 0 ? 0 : Math.min(1, 2 * (cos * cos + sin * sin) / (p * power));
            if (share > best.share) best = new Wave(s, Math.atan2(-sin, cos), share);
        }
        return best;
    }

    private Cumulants cumulants(double x) {
        double m0 = 0;
        double m1 = 0;
        double m2 = 0;
        for (int s = 1; s <= frequencies(); s++) {
            double delta = 2 * Math.PI * s / p;
            for (int i = 0; i < POINTS; i++) {
                double psi = 2 * Math.PI * i / POINTS;
                double lead = (1 + Math.cos(psi)) * (Math.cos(psi) - Math.cos(psi + delta));
                for (int j = 0; j < POINTS; j++) {
                    double d = lead * (1 + Math.cos(2 * Math.PI * j / POINTS));
                    double weight = Math.exp(x * d);
                    m0 += weight;
                    m1 += weight * d;
                    m2 += weight * d * d;
                }
            }
        }
        double slope = m1 / m0;
        return new Cumulants(Math.log(m0 / ((double) frequencies() * POINTS * POINTS)), slope,
                m2 / m0 - slope * slope);
    }
}
