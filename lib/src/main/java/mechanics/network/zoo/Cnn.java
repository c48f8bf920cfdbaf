package mechanics.network.zoo;

import mechanics.base.Require;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import mechanics.base.Shape;
import mechanics.network.Activation;
import mechanics.network.Architecture;
import mechanics.network.Layer;
import mechanics.network.Options;
import mechanics.network.Sequential;
import mechanics.network.layers.Convolution;
import mechanics.network.layers.Dense;
import mechanics.network.layers.Flatten;
import mechanics.network.layers.MeanPool;
import mechanics.network.layers.Nonlinearity;

/**
 * A small convolutional network, as in experiments on the edge of stability (Cohen et al. 2021): for each number of
 * channels a 3 × 3 convolution that keeps height and width, an activation and a 2 × 2 pooling, then a dense readout.
 * {@code Cnn.of(Shape.of(28, 28, 1), 10, 16, 32)} has 16 and then 32 channels and 10 outputs.
 *
 * @param input the shape of an input, height × width × channels
 * @param outputs the number of outputs
 * @param channels the channels of each convolution
 * @param activation φ
 * @param pool the pooling
 * @param options what is chosen besides
 */
public record Cnn(Shape input, int outputs, List<Integer> channels, Activation activation, Layer pool,
        Options options) implements Architecture<Cnn> {

    /** Checks the sizes. */
    public Cnn {
        Convolution.requireImage("convolutional network", input);
        Require.positive("outputs", outputs);
        channels = List.copyOf(channels);
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("channels = (): expected at least one convolution");
        }
        channels.forEach(c -> Require.positive("channels", c));
    }

    /**
     * A network with tanh and mean pooling.
     *
     * @param input the shape of one input
     * @param outputs the number of outputs
     * @param channels of each convolution, from the input on
     */
    public static Cnn of(Shape input, int outputs, int... channels) {
        return new Cnn(input, outputs, IntStream.of(channels).boxed().toList(), Activation.TANH,
                MeanPool.of(2),
                Options.DEFAULT);
    }

    /**
     * Sets the activation.
     *
     * @param phi φ
     */
    public Cnn activation(Activation phi) { return new Cnn(input, outputs, channels, phi, pool, options); }

    /**
     * Sets the pooling, as a layer.
     *
     * @param other the pooling layer
     */
    public Cnn pool(Layer other) { return new Cnn(input, outputs, channels, activation, other, options); }

    @Override
    public Cnn with(Options other) { return new Cnn(input, outputs, channels, activation, pool, other); }

    @Override
    public Sequential layers() {
        var layers = new ArrayList<Layer>();
        for (int c : channels) {
            layers.add(Convolution.of(c, 3));
            layers.add(new Nonlinearity(activation));
            layers.add(pool);
        }
        layers.add(new Flatten());
        layers.add(Dense.of(outputs));
        return new Sequential(layers);
    }
}
