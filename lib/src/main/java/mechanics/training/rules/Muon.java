package mechanics.training.rules;

import mechanics.base.Require;
import mechanics.linalg.Array;
import mechanics.network.ParameterView;
import mechanics.network.Parameterization;
import mechanics.network.Role;
import mechanics.training.LearningRule;

/**
 * Muon, "momentum orthogonalized by Newton–Schulz" (Jordan et al. 2024, "Muon: an optimizer for hidden layers in neural
 * networks", algorithm 2). A matrix W of weights, outputs × inputs, gathers momentum B ← β B + G from B = 0 and moves
 * by
 * <pre>
 *   W ← W − η √max(1, outputs / inputs) O,   O = {@link NewtonSchulz}(G + β B) ≈ U Vᵀ,
 * </pre>
 * where U S Vᵀ is the singular value decomposition of what is orthogonalized: all directions move about equally far.
 * Without {@link #nesterov} it is B that is orthogonalized.
 *
 * <p>Muon is for the weights between hidden layers, those of {@link Role#HIDDEN}. Inputs, readouts, embeddings, biases
 * and gains move by another rule, at its own learning rate, as the authors advise: Adam unless told otherwise.
 * Batches, schedule, decay and label noise are Muon's for all. There is no preconditioner. Cost: five times 2 r² c + r³
 * multiply–adds at a step for a matrix with sides r ≤ c.
 *
 * @param learningRate η
 * @param beta β
 * @param nesterov whether G + β B is orthogonalized in place of B
 * @param others the rule of all other parameters
 * @param options what is chosen besides
 */
public record Muon(double learningRate, double beta, boolean nesterov, Descent<?> others, Options options)
        implements
            Descent<Muon> {
    /** Checks the numbers. */
    public Muon {
        Require.positive("learningRate", learningRate);
        Require.fraction("momentum", beta);
        if (!others.options().equals(Options.DEFAULT)) {
            throw new IllegalArgumentException("others = " + others
                    + ": expected a rule without batches, schedule, decay or noise, which are Muon's for all");
        }
    }

    /**
     * Muon over all samples with β = 0.95 and Nesterov's momentum; other parameters by Adam at rate 10⁻³.
     *
     * @param learningRate η of the hidden matrices
     */
    public static Muon of(double learningRate) {
        return new Muon(learningRate, 0.95, true, Adam.of(1e-3), Options.DEFAULT);
    }

    /**
     * The same with another momentum.
     *
     * @param other β, from 0 to below 1
     */
    public Muon momentum(double other) { return new Muon(learningRate, other, nesterov, others, options); }

    /**
     * The same with or without Nesterov's momentum.
     *
     * @param other whether the step looks ahead
     */
    public Muon nesterov(boolean other) { return new Muon(learningRate, beta, other, others, options); }

    /**
     * The same with another rule for all that is not a hidden matrix.
     *
     * @param rule with a learning rate of its own and default options
     */
    public Muon others(Descent<?> rule) { return new Muon(learningRate, beta, nesterov, rule, options); }

    @Override
    public Muon with(Options other) { return new Muon(learningRate, beta, nesterov, others, other); }

    /** 1 / the multiplier: what moves by O is the matrix that the network uses, in any parameterization. */
    @Override
    public double factor(Parameterization.Scaling scaling) { return 1 / scaling.multiplier(); }

    @Override
    public Descent<?> ruleOf(ParameterView parameter) {
        return parameter.spec().role() == Role.HIDDEN && parameter.shape().rank() > 1
                ? this
                : others.ruleOf(parameter);
    }

    @Override
    public Update begin(ParameterGroup group) {
        Array momentum = group.carry("momentum");
        var matrices = group.views().stream().map(view -> new Matrix(view, view.of(momentum))).toList();
        return (rate, _) -> {
            for (var matrix : matrices) matrix.move(rate);
        };
    }

    /** A matrix on its way. */
    private final class Matrix {
        private final Array theta;
        private final Array gradient;
        private final Array momentum;
        private final Array direction;
        private final NewtonSchulz orthogonalization;
        // √max(1, outputs / inputs)
        private final double scale;

        Matrix(ParameterGroup.View view, Array momentum) {
            theta = view.theta();
            gradient = view.gradient();
            this.momentum = momentum;
            direction = theta.like(view.count());
            int rows = view.shape().rows();
            int columns = view.shape().columns();
            orthogonalization = new NewtonSchulz(rows, columns, theta.precision());
            scale = Math.sqrt(Math.max(1, (double) rows / columns));
        }

        void move(double rate) {
            momentum.combine(1, gradient, beta);
            direction.copy(momentum);
            if (nesterov) direction.combine(1, gradient, beta);
            orthogonalization.apply(direction);
            theta.add(-rate * scale, direction);
        }
    }
}
