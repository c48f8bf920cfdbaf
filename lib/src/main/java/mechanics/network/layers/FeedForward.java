package mechanics.network.layers;

import mechanics.base.Require;
import mechanics.base.Shape;
import mechanics.network.Activation;
import mechanics.network.Layer;
import mechanics.network.Role;
import mechanics.network.Sequential;

/**
 * The perceptron inside a transformer block, applied to every token: width → expansion × width → width with an
 * activation between. Parameters: those of two dense layers, {@code layer1.weight} to {@code layer2.bias}.
 *
 * @param expansion the hidden width in units of the width
 * @param activation φ
 */
public record FeedForward(int expansion, Activation activation) implements Composite {
    /** Checks the expansion. */
    public FeedForward {
        Require.positive("expansion", expansion);
    }

    /** The layer with expansion 4 and GELU. */
    public static FeedForward of() {
        return new FeedForward(4, Activation.GELU);
    }

    @Override
    public Layer expand(Shape input) {
        int width = input.columns();
        return Sequential.of(Dense.of(expansion * width).in(Role.HIDDEN), new Nonlinearity(activation),
                Dense.of(width).in(Role.HIDDEN));
    }
}
