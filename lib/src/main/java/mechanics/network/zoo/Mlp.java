package mechanics.network.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import mechanics.base.Shape;
import mechanics.network.Activation;
import mechanics.network.Architecture;
import mechanics.network.Layer;
import mechanics.network.Options;
import mechanics.network.Role;
import mechanics.network.Sequential;
import mechanics.network.layers.Dense;
import mechanics.network.layers.Nonlinearity;

/**
 * A multilayer perceptron: dense layers of given widths with an activation between each two.
 * {@code Mlp.of(784, 200, 200, 10)} has 784 inputs, two hidden layers of 200 tanh units and 10 outputs.
 *
 * @param widths the number of inputs, the hidden widths, the number of outputs
 * @param activation φ, after every layer but the last
 * @param bias whether the layers have biases
 * @param options what is chosen besides
 */
public record Mlp(List<Integer> widths, Activation activation, boolean bias,
        Options options) implements Architecture<Mlp> {

    /** Checks the widths. */
    public Mlp {
        widths = List.copyOf(widths);
        if (widths.size() < 2) {
            throw new IllegalArgumentException(
                    "widths = " + widths
                            + ": expected the number of inputs, any hidden widths, and the outputs");
        }
        for (int width : widths) {
            if (width <= 0)
                throw new IllegalArgumentException("widths = " + widths + ": expected positive widths");
        }
    }

    /**
     * A perceptron with tanh units and biases.
     *
     * @param widths of all layers, from the inputs to the outputs
     */
    public static Mlp of(int... widths) {
        return new Mlp(IntStream.of(widths).boxed().toList(), Activation.TANH, true, Options.DEFAULT);
    }

    /**
     * Sets the activation.
     *
     * @param phi φ
     */
    public Mlp activation(Activation phi) { return new Mlp(widths, phi, bias, options); }

    /** Leaves the activations out: a deep linear network. */
    public Mlp linear() {
        return activation(Activation.IDENTITY);
    }

    /**
     * Sets whether the layers have biases.
     *
     * @param present whether there are biases
     */
    public Mlp bias(boolean present) { return new Mlp(widths, activation, present, options); }

    @Override
    public Mlp with(Options other) { return new Mlp(widths, activation, bias, other); }

    @Override
    public Shape input() { return Shape.of(widths.getFirst()); }

    @Override
    public Sequential layers() {
        var layers = new ArrayList<Layer>();
        for (int i = 1; i < widths.size(); i++) {
            if (i > 1 && !activation.equals(Activation.IDENTITY)) layers.add(new Nonlinearity(activation));
            layers.add(new Dense(widths.get(i), bias, Role.WEIGHT));
        }
        return new Sequential(layers);
    }
}
