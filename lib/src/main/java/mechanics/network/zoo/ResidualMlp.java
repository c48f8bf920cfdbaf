package mechanics.network.zoo;

import mechanics.base.Require;

import java.util.ArrayList;

import mechanics.base.Shape;
import mechanics.network.Activation;
import mechanics.network.Architecture;
import mechanics.network.Layer;
import mechanics.network.Options;
import mechanics.network.Parameterization;
import mechanics.network.Role;
import mechanics.network.Sequential;
import mechanics.network.layers.Convolution;
import mechanics.network.layers.Dense;
import mechanics.network.layers.Nonlinearity;
import mechanics.network.layers.Residual;

/**
 * A residual perceptron: a dense layer to the width, {@code depth} residual branches x ← x + W φ(x) with a factor
 * that the depth exponent of the {@link Parameterization} sets, and a dense readout.
 *
 * @param inputs the number of inputs
 * @param width the number of neurons in the stream
 * @param depth the number of branches
 * @param outputs the number of outputs
 * @param activation φ
 * @param bias whether the layers have biases
 * @param options what is chosen besides
 */
public record ResidualMlp(int inputs, int width, int depth, int outputs, Activation activation, boolean bias,
        Options options) implements Architecture<ResidualMlp> {

    /** Checks the sizes. */
    public ResidualMlp {
        Require.positive("inputs", inputs);
        Require.positive("width", width);
        Require.positive("depth", depth);
        Require.positive("outputs", outputs);
    }

    /**
     * A residual perceptron with ReLU and biases.
     *
     * @param inputs d
     * @param width the number of neurons in the stream
     * @param depth the number of residual branches
     * @param outputs the number of outputs
     */
    public static ResidualMlp of(int inputs, int width, int depth, int outputs) {
        return new ResidualMlp(inputs, width, depth, outputs, Activation.RELU, true, Options.DEFAULT);
    }

    /**
     * Sets the activation.
     *
     * @param phi φ
     */
    public ResidualMlp activation(Activation phi) {
        return new ResidualMlp(inputs, width, depth, outputs, phi, bias, options);
    }

    /**
     * Sets whether the layers have biases.
     *
     * @param present whether there are biases
     */
    public ResidualMlp bias(boolean present) {
        return new ResidualMlp(inputs, width, depth, outputs, activation, present, options);
    }

    @Override
    public ResidualMlp with(Options other) {
        return new ResidualMlp(inputs, width, depth, outputs, activation, bias, other);
    }

    @Override
    public Shape input() { return Shape.of(inputs); }

    @Override
    public Sequential layers() {
        var layers = new ArrayList<Layer>();
        layers.add(new Dense(width, bias, Role.INPUT));
        for (int i = 0; i < depth; i++) {
            layers.add(Residual.of(new Nonlinearity(activation), new Dense(width, bias, Role.HIDDEN)));
        }
        layers.add(new Dense(outputs, bias, Role.READOUT));
        return new Sequential(layers);
    }
}
