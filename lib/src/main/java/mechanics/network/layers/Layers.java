package mechanics.network.layers;

import mechanics.network.Activation;
import mechanics.network.Layer;
import mechanics.network.Multiplier;
import mechanics.network.Sequential;

/** The layers by short names, to be imported statically where a network is written layer by layer. */
public final class Layers {
    private Layers() {}

    /**
     * A fully connected layer with a bias.
     *
     * @param width the number of outputs
     */
    public static Dense dense(int width) { return Dense.of(width); }

    /**
     * y = φ(x).
     *
     * @param phi φ
     */
    public static Nonlinearity activation(Activation phi) { return new Nonlinearity(phi); }

    /** y = tanh x. */
    public static Nonlinearity tanh() { return activation(Activation.TANH); }

    /** y = max(x, 0). */
    public static Nonlinearity relu() { return activation(Activation.RELU); }

    /** y = x Φ(x). */
    public static Nonlinearity gelu() { return activation(Activation.GELU); }

    /**
     * y = x + branch(x).
     *
     * @param branch layers one after another that keep the shape
     */
    public static Residual residual(Layer... branch) { return Residual.of(branch); }

    /**
     * y = α x.
     *
     * @param alpha α
     */
    public static Multiplier scale(double alpha) { return new Multiplier(alpha); }

    /**
     * Layers one after another, as one.
     *
     * @param layers one after another, from the input on
     */
    public static Sequential sequential(Layer... layers) { return Sequential.of(layers); }

    /**
     * A convolution with patches of size × size that keeps height and width where the size is odd.
     *
     * @param channels the number of output channels
     * @param size side of the squares, in pixels
     */
    public static Convolution convolution(int channels, int size) {
        return Convolution.of(channels, size);
    }

    /**
     * The mean over squares of size × size.
     *
     * @param size side of the squares, in pixels
     */
    public static MeanPool meanPool(int size) { return MeanPool.of(size); }

    /**
     * The largest of squares of size × size.
     *
     * @param size side of the squares, in pixels
     */
    public static MaxPool maxPool(int size) { return MaxPool.of(size); }

    /** All entries of a sample as one vector. */
    public static Flatten flatten() { return new Flatten(); }

    /** Layer normalization. */
    public static LayerNorm layerNorm() { return LayerNorm.of(); }

    /** Batch normalization with the statistics of the batch. */
    public static BatchNorm batchNorm() {
        return BatchNorm.of();
    }

    /**
     * Full self-attention with the given number of heads.
     *
     * @param heads the number of heads, a divisor of the width
     */
    public static Attention attention(int heads) { return Attention.of(heads); }

    /**
     * y = (x, inner(x)), channel behind channel.
     *
     * @param inner layers one after another; the last keeps height and width
     */
    public static ConcatenatingSkip skip(Layer... inner) { return ConcatenatingSkip.of(inner); }
}
