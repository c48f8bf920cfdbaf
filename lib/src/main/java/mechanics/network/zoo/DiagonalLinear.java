package mechanics.network.zoo;

import mechanics.base.Require;
import mechanics.base.Shape;
import mechanics.network.Architecture;
import mechanics.network.Network;
import mechanics.network.Options;
import mechanics.network.Sequential;
import mechanics.network.layers.Convolution;
import mechanics.network.layers.SquaredDifference;

/**
 * The diagonal linear network f(x) = Σ (uⱼ² − vⱼ²) xⱼ, started at u = v = α: a linear function whose training picks
 * sparse solutions for small α and ones of least Euclidean norm for large α (Woodworth et al. 2020).
 *
 * @param inputs the number of inputs
 * @param alpha α
 * @param options what is chosen besides
 */
public record DiagonalLinear(int inputs, double alpha,
        Options options) implements Architecture<DiagonalLinear> {

    /** Checks the numbers. */
    public DiagonalLinear {
        Require.positive("inputs", inputs);
        if (!(alpha > 0) || Double.isInfinite(alpha)) {
            throw new IllegalArgumentException("alpha = " + alpha + ": expected a positive number");
        }
    }

    /**
     * The network with α = 1.
     *
     * @param inputs d
     */
    public static DiagonalLinear of(int inputs) { return new DiagonalLinear(inputs, 1, Options.DEFAULT); }

    /**
     * Sets α.
     *
     * @param scale α, the weights at the start
     */
    public DiagonalLinear alpha(double scale) { return new DiagonalLinear(inputs, scale, options); }

    @Override
    public DiagonalLinear with(Options other) { return new DiagonalLinear(inputs, alpha, other); }

    @Override
    public Shape input() { return Shape.of(inputs); }

    @Override
    public Sequential layers() { return Sequential.of(new SquaredDifference()); }

    /** Makes the network with u = v = α. */
    @Override
    public Network build() {
        var network = Architecture.super.build();
        network.parameters().array().fill(alpha);
        network.parameters().changed();
        return network;
    }
}
