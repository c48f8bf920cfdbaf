package mechanics.training.diffusion;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.network.Network;

/**
 * A network as a denoiser: D(x; σ) = skip x + out F(in x, told), as {@link EdmPreconditioning} says. The network has inputs of
 * two channels, the image and the noise level, and outputs of one.
 *
 * @param network F
 */
public record PreconditionedDenoiser(Network network) implements Denoiser {
    /** Images at a time, so that the memory does not grow with their number. */
    private static final int BLOCK = 128;

    /** Checks the shapes. */
    public PreconditionedDenoiser {
        Shape in = network.input();
        if (in.rank() != 3 || in.columns() != 2 || !in.withColumns(1).equals(network.output())) {
            throw new IllegalArgumentException("network from " + in + " to " + network.output()
                    + ": expected images of two channels, pixel and noise level, and images of one");
        }
    }

    /** The number of pixels d. */
    public int dimension() { return network.output().count(); }

    @Override
    public double[][] denoise(double[][] noisy, double[] levels) {
        Denoiser.requireLevels(noisy, levels);
        var clean = new double[noisy.length][];
        for (int from = 0; from < noisy.length; from += BLOCK) {
            denoise(noisy, levels, from, Math.min(BLOCK, noisy.length - from), clean);
        }
        return clean;
    }

    private void denoise(double[][] noisy, double[] levels, int from, int n, double[][] clean) {
        int d = dimension();
        Array inputs = network.precision().array(2 * n * d);
        for (int i = 0; i < n; i++) {
            double[] x = noisy[from + i];
            if (x.length != d) {
                throw new IllegalArgumentException(
                        "image of " + x.length + " pixels: expected " + d + ", as the network has");
            }
            new EdmPreconditioning(levels[from + i]).show(inputs, i, x);
        }
        Array said = network.evaluate(inputs);
        for (int i = 0; i < n; i++) {
            var level = new EdmPreconditioning(levels[from + i]);
            double skip = level.skip();
            double out = level.out();
            clean[from + i] = new double[d];
            for (int j = 0; j < d; j++) {
                clean[from + i][j] = skip * noisy[from + i][j] + out * said.get(i * d + j);
            }
        }
    }
}
