package mechanics.limits;

import java.util.Arrays;

import mechanics.network.Activation;

/**
 * A two-layer network with infinitely many neurons, f(x) = ∫ a φ(w·x) dρ(a, w), under gradient descent.
 *
 * <p>A network of n neurons in mean-field scaling, f = (1/n) Σᵢ aᵢ φ(wᵢ·x) with rate nη, is the same with ρ the
 * empirical measure of its neurons. All neurons move in one field that depends on ρ only through the outputs,
 *
 * <pre>
 *   θ ← θ − η/N Σ_μ (f(x_μ) − y_μ) ∇ψ(θ, x_μ),    ψ(a, w; x) = a φ(w·x),    L = 1/(2N) Σ_μ (f(x_μ) − y_μ)²,
 * </pre>
 *
 * which for small η is the continuity equation ∂ρ/∂t = ∇·(ρ ∇δL/δρ). Here ρ is followed along its characteristics from
 * the nodes of a {@link NeuronMeasure}: nothing is drawn at random.
 *
 * <p>A network with n neurons drawn at random has the loss L + O(n^(−½)). The first order is linear in the deviation of the
 * empirical measure, (1/n) Σᵢ I(θᵢ) with the influence I(θ) = δL_t/δρ₀(θ) of one neuron of the start on the loss at time
 * t. It comes from one pass backward in time, and the standard deviation of the loss is √(Var I) / √n.
 *
 * <p>Cost: K N evaluations of φ for a step with K nodes, for the influence three times that. Sources: Mei, Montanari and
 * Nguyen (2018), theorem 3; Chizat and Bach (2018); Rotskoff and Vanden-Eijnden (2018) and Sirignano and Spiliopoulos
 * (2020) for the fluctuations.
 */
public final class MeanFieldLimit {
    private final Activation phi;
    private final double[][] x;
    private final double[] y;
    private final double rate;
    /** p, the weight of each node. */
    private final double[] weights;
    /** For each step and node: a, w₁, …, w_d. */
    private final double[][][] path;
    /** For each step: f − y. */
    private final double[][] residuals;

    private MeanFieldLimit(Activation phi, double[][] x, double[] y, double rate, NeuronMeasure start,
            int steps) {
        this.phi = phi;
        this.x = x;
        this.y = y;
        this.rate = rate;
        weights = start.weights();
        path = new double[steps + 1][][];
        residuals = new double[steps + 1][];
        path[0] = start.nodes();
        for (int t = 0; t <= steps; t++) {
            residuals[t] = residual(path[t]);
            if (t < steps) path[t + 1] = step(path[t], residuals[t]);
        }
    }

    /**
     * Follows the limit for a number of steps.
     *
     * @param phi φ, smooth: nodes integrate slowly what has a kink
     * @param start ρ at the start
     * @param inputs N × d, rows are samples. Not modified, but kept.
     * @param targets N numbers. Not modified, but kept.
     * @param rate η
     * @param steps the number of steps
     */
    public static MeanFieldLimit of(Activation phi, NeuronMeasure start, double[][] inputs, double[] targets,
            double rate, int steps) {
        if (inputs.length == 0 || inputs.length != targets.length)
            throw new IllegalArgumentException("inputs, targets of " + inputs.length + ", " + targets.length
                    + " samples: expected equal numbers, at least 1");
        for (double[] input : inputs)
            if (input.length != start.dimension())
                throw new IllegalArgumentException("inputs has a row of " + input.length
                        + " numbers: expected " + start.dimension() + ", as many as the neurons' weights");
        if (!(rate > 0) || Double.isInfinite(rate))
            throw new IllegalArgumentException("rate = " + rate + ": expected a positive finite number");
        if (steps < 0) throw new IllegalArgumentException("steps = " + steps + ": expected at least 0");
        return new MeanFieldLimit(phi, inputs, targets, rate, start, steps);
    }

    /** The number of steps. */
    public int steps() { return path.length - 1; }

    /** L after 0, 1, …, steps steps. */
    public double[] losses() {
        return Arrays.stream(residuals).mapToDouble(this::loss).toArray();
    }

    /**
     * f on the training points after {@code step} steps, N numbers.
     *
     * @param step the number of steps
     */
    public double[] outputs(int step) {
        requireStep(step);
        var outputs = residuals[step].clone();
        for (int mu = 0; mu < y.length; mu++) outputs[mu] += y[mu];
        return outputs;
    }

    /**
     * √(Var I): √n times the standard deviation of the loss after {@code step} steps among networks of n neurons, for large
     * n. Cost: three evaluations of φ for each step, node and sample.
     *
     * @param step the number of steps
     */
    public double fluctuation(int step) {
        double[] influence = influence(step);
        double mean = 0;
        double square = 0;
        for (int k = 0; k < influence.length; k++) {
            mean += weights[k] * influence[k];
            square += weights[k] * influence[k] * influence[k];
        }
        return Math.sqrt(Math.max(0, square - mean * mean));
    }

    /**
     * The variance of one neuron's output at the start, averaged over the training points: n neurons start with a mean
     * loss that is by this / (2n) above that of the limit, exactly.
     */
    public double neuronVariance() {
        double sum = 0;
        for (int mu = 0; mu < x.length; mu++) {
            double mean = 0;
            double square = 0;
            for (int k = 0; k < weights.length; k++) {
                double psi = path[0][k][0] * phi.value(preactivation(path[0][k], x[mu]));
                mean += weights[k] * psi;
                square += weights[k] * psi * psi;
            }
            sum += (square - mean * mean) / x.length;
        }
        return sum;
    }

    private double loss(double[] residual) {
        double sum = 0;
        for (double r : residual) sum += r * r;
        return sum / (2 * residual.length);
    }

    private double[] residual(double[][] particles) {
        var residual = new double[x.length];
        for (int mu = 0; mu < x.length; mu++) {
            double f = 0;
            for (int k = 0; k < particles.length; k++)
                f += weights[k] * particles[k][0] * phi.value(preactivation(particles[k], x[mu]));
            residual[mu] = f - y[mu];
        }
        return residual;
    }

    private double[][] step(double[][] particles, double[] residual) {
        var moved = new double[particles.length][];
        var gradient = new double[particles[0].length];
        for (int k = 0; k < particles.length; k++) {
            moved[k] = particles[k].clone();
            for (int mu = 0; mu < x.length; mu++) {
                gradient(particles[k], x[mu], gradient);
                add(moved[k], -rate / x.length * residual[mu], gradient);
            }
        }
        return moved;
    }

    /** ∂L_T/∂p_k for each node: the adjoint of all steps, from the last to the first. */
    private double[] influence(int last) {
        requireStep(last);
        int samples = x.length;
        int count = weights.length;
        int parameters = path[0][0].length;
        var influence = new double[count];
        // q = ∂L_T/∂θ(t+1) / p and dLdf = ∂L_T/∂f_t.
        var q = new double[count][parameters];
        var dLdf = new double[samples];
        var gradient = new double[parameters];
        for (int t = last; t >= 0; t--) {
            double[][] particles = path[t];
            for (int mu = 0; mu < samples; mu++) {
                double sum = 0;
                for (int k = 0; t < last && k < count; k++) {
                    gradient(particles[k], x[mu], gradient);
                    sum += weights[k] * dot(q[k], gradient);
                }
                dLdf[mu] = t == last ? residuals[t][mu] / samples : -rate / samples * sum;
            }
            for (int k = 0; k < count; k++) {
                double[] old = q[k].clone();
                for (int mu = 0; mu < samples; mu++) {
                    double z = preactivation(particles[k], x[mu]);
                    double value = phi.value(z);
                    double slope = phi.slope(z);
                    influence[k] += dLdf[mu] * particles[k][0] * value;
                    // ∇ψ = (φ, aφ′x), and ∇²ψ q = (φ′ x·q_w, φ′ q_a x + aφ″ (x·q_w) x).
                    double along = 0;
                    for (int j = 1; j < parameters; j++) along += x[mu][j - 1] * old[j];
                    double pull = -rate / samples * residuals[t][mu];
                    q[k][0] += dLdf[mu] * value + pull * slope * along;
                    double common = dLdf[mu] * particles[k][0] * slope;
                    if (t < last)
                        common += pull * (slope * old[0] + particles[k][0] * phi.curvature(z) * along);
                    for (int j = 1; j < parameters; j++) q[k][j] += common * x[mu][j - 1];
                }
            }
        }
        return influence;
    }

    /** gradient = ∇ψ. Modified: gradient. */
    private void gradient(double[] particle, double[] input, double[] gradient) {
        double z = preactivation(particle, input);
        gradient[0] = phi.value(z);
        double outer = particle[0] * phi.slope(z);
        for (int j = 1; j < gradient.length; j++) gradient[j] = outer * input[j - 1];
    }

    private static double preactivation(double[] particle, double[] input) {
        double z = 0;
        for (int j = 0; j < input.length; j++) z += particle[j + 1] * input[j];
        return z;
    }

    private static double dot(double[] u, double[] v) {
        double sum = 0;
        for (int j = 0; j < u.length; j++) sum += u[j] * v[j];
        return sum;
    }

    /** u += factor v. Modified: u. */
    private static void add(double[] u, double factor, double[] v) {
        for (int j = 0; j < u.length; j++) u[j] += factor * v[j];
    }

    private void requireStep(int step) {
        if (step < 0 || step >= path.length)
            throw new IllegalArgumentException("step = " + step + ": expected 0 to " + steps());
    }
}
