package mechanics.training;

import mechanics.linalg.Array;
import mechanics.linalg.Seed;
import mechanics.network.ParameterView;

/**
 * Full-batch gradient descent, θ ← θ − η r ∇L(θ), with the factor r that the parameterization puts on the learning
 * rate of each parameter.
 *
 * @param learningRate η
 */
public record GradientDescent(double learningRate) implements LearningRule {
    /** Checks the learning rate. */
    public GradientDescent {
        if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
            throw new IllegalArgumentException(
                    "learningRate = " + learningRate + ": expected a positive number");
        }
    }

    /** Gradient descent with learning rate η. */
    public static GradientDescent of(double learningRate) {
        return new GradientDescent(learningRate);
    }

    @Override
    public Stepper start(Derivatives loss, Seed seed) {
        var parameters = loss.network().parameters();
        var views = parameters.views();
        var theta = views.stream().map(ParameterView::array).toArray(Array[]::new);
        var rates = views.stream().mapToDouble(v -> learningRate * v.scaling().sgdRate()).toArray();
        var gradients = views.stream().map(v -> v.of(loss.workspace().gradient())).toArray(Array[]::new);
        return t -> {
            double value = loss.loss();
            loss.gradient();
            for (int i = 0; i < theta.length; i++) {
                theta[i].add(-rates[i], gradients[i]);
            }
            parameters.changed();
            return value;
        };
    }
}
