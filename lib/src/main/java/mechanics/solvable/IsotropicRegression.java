package mechanics.solvable;

import mechanics.base.Require;
/**
 * Linear regression on isotropic inputs in the limit of many samples n and coordinates d with d/n = γ: the simplest
 * setting with double descent.
 *
 * <p>y = x·β + noise, with x of mean 0 and covariance I, ‖β‖² = r² and noise of variance σ². Risk is the mean of
 * (x·β̂ − x·β)² at a new x: it does not contain σ². For β̂ = argmin ‖y − Xβ‖²/n + λ‖β‖²
 * <pre>
 *   γ/(1 + κ) + λ/κ = 1,    L = 1/(1 + κ),    risk = ((1 − L)² r² + γL² σ²) / (1 − γL²),
 * </pre>
 * which is {@link Eigenframework} with d equal eigenvalues and δ = nλ. As λ → 0, where β̂ becomes the shortest of all
 * least-squares solutions, it is σ²γ/(1 − γ) for γ &lt; 1 and r²(1 − 1/γ) + σ²/(γ − 1) for γ &gt; 1.
 *
 * <p>Source: Hastie, Montanari, Rosset and Tibshirani (2022), theorem 1 and corollary 5; Advani, Saxe and Sompolinsky
 * (2020).
 *
 * @param gamma γ = d/n, positive
 * @param signal r², not negative
 * @param noise σ², not negative
 */
public record IsotropicRegression(double gamma, double signal, double noise) {

    /** Checks the numbers. */
    public IsotropicRegression {
        if (!(gamma > 0 && Double.isFinite(gamma)))
            throw new IllegalArgumentException("gamma = " + gamma + ": expected a positive number");
        Require.notNegative("signal", signal);
        Require.notNegative("noise", noise);
    }

    /** The risk of the shortest least-squares solution; infinite at γ = 1 if there is noise. */
    public double ridgelessRisk() {
        if (gamma < 1) return noise * gamma / (1 - gamma);
        double missed = signal * (1 - 1 / gamma);
        return noise == 0 ? missed : missed + noise / (gamma - 1);
    }

    /**
     * The risk of ridge regression.
     *
     * @param lambda λ, not negative: the penalty beside the mean, not the sum, of squares
     */
    public double risk(double lambda) {
        Require.notNegative("lambda", lambda);
        if (lambda == 0) return ridgelessRisk();
        double b = gamma + lambda - 1;
        // The positive root of κ² − bκ − λ = 0, without a difference of large numbers.
        double root = Math.sqrt(b * b + 4 * lambda);
        double kappa = b > 0 ? (b + root) / 2 : 2 * lambda / (root - b);
        double learned = 1 / (1 + kappa);
        double missed = kappa * learned;
        // 1 − γL² = γL(1 − L) + λ/κ, because γL + λ/κ = 1.
        double unused = gamma * learned * missed + lambda / kappa;
        return (missed * missed * signal + gamma * learned * learned * noise) / unused;
    }

    /** λ* = σ²γ/r²: the ridge with the smallest risk. */
    public double optimalRidge() {
        if (signal == 0)
            throw new IllegalArgumentException("signal = 0: expected a target to find a ridge for");
        return noise * gamma / signal;
    }

    /** The risk at the optimal ridge: it has no peak at γ = 1, and more samples never hurt. */
    public double optimalRisk() {
        return risk(optimalRidge());
    }

    /**
     * The risk of the shortest least-squares solution for <em>finite</em> n and d and Gaussian inputs, averaged over
     * training sets and directions of β: exact, from the means of inverse Wishart matrices. σ²d/(n − d − 1) for
     * d &lt; n − 1 and r²(1 − n/d) + σ²n/(d − n − 1) for d &gt; n + 1; the mean is infinite between, if there is noise.
     *
     * @param n the number of samples; γ of this record is not used
     * @param d the number of coordinates
     */
    public double exactRisk(int n, int d) {
        if (n < 1 || d < 1)
            throw new IllegalArgumentException("n, d = " + n + ", " + d + ": expected at least 1 of both");
        double missed = d > n ? signal * (1 - (double) n / d) : 0;
        if (noise == 0) return missed;
        int distance = Math.abs(n - d) - 1;
        return distance <= 0 ? Double.POSITIVE_INFINITY : missed + noise * Math.min(n, d) / distance;
    }
}
