package mechanics.network.layers;

import mechanics.base.Shape;
import mechanics.network.Layer;
import mechanics.network.Sequential;

/**
 * A transformer block with the normalization inside the branches (pre-norm; Xiong et al. 2020):
 * x ← x + attention(norm(x)), then x ← x + feedForward(norm(x)). Two residual branches. Parameters:
 * {@code layer1.…} of the first branch, {@code layer2.…} of the second; in each {@code layer1} is the normalization
 * and {@code layer2} the attention or perceptron.
 *
 * @param attention the attention
 * @param feedForward the perceptron
 */
public record TransformerBlock(Attention attention, FeedForward feedForward) implements Composite {
    /**
     * A block with full attention of the given number of heads, and GELU.
     *
     * @param heads the number of heads, a divisor of the width
     */
    public static TransformerBlock of(int heads) {
        return new TransformerBlock(Attention.of(heads), FeedForward.of());
    }

    @Override
    public int residualBranches() { return 2; }

    @Override
    public Layer expand(Shape input) {
        return Sequential.of(Residual.of(LayerNorm.of(), attention),
                Residual.of(LayerNorm.of(), feedForward));
    }
}
