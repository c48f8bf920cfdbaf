package mechanics.network.layers;

import mechanics.base.Require;
import mechanics.linalg.Array;
import mechanics.network.Binding;
import mechanics.network.Node;
import mechanics.network.Pass;
import mechanics.network.Tensor;

/** A {@link Convolution} bound to its input, or its adjoint: then outputs and inputs change places. */
final class ConvolutionNode implements Node {
    private final Tensor x;
    private final Tensor y;
    private final Tensor w;
    private final Bias b;
    private final int weightOffset;
    private final Correlation maps;
    private final boolean transposed;
    private final Pass.Bilinear outputs;
    private final Pass.Bilinear inputs;
    private final Pass.Bilinear weights;

    ConvolutionNode(Binding binding, Tensor output, boolean bias, Correlation maps, boolean transposed) {
        x = binding.input();
        y = output;
        w = binding.parameter("weight");
        weightOffset = binding.offset("weight");
        b = Bias.of(bias, binding);
        this.maps = maps;
        this.transposed = transposed;
        outputs = transposed ? maps::inputs : maps::outputs;
        inputs = transposed ? maps::outputs : maps::inputs;
        weights = maps::weights;
    }

    /** Checks the sizes of the patches. */
    static void check(int channels, int size, int stride, int padding) {
        Require.positive("channels", channels);
        Require.positive("size", size);
        Require.positive("stride", stride);
        if (padding < 0 || padding >= size) {
            throw new IllegalArgumentException("padding = " + padding + ": expected 0 to " + (size - 1)
                    + " for patches of size " + size);
        }
    }

    @Override
    public Tensor output() { return y; }

    @Override
    public void forward(Pass pass) {
        y.clear(pass);
        b.forward(pass, y);
        pass.addBilinear(outputs, x, w, y);
        y.settle(pass);
    }

    @Override
    public void backward(Pass pass) {
        Tensor dy = y.adjoint();
        pass.addBilinear(weights, transposed ? x : dy, transposed ? dy : x, w.adjoint());
        b.backward(pass, dy);
        pass.addBilinear(inputs, dy, w, x.adjoint());
    }

    @Override
    public boolean sampleGradients(Array jacobian, int stride) {
        Array image = transposed ? y.adjoint().value() : x.value();
        Array pixels = transposed ? x.value() : y.adjoint().value();
        for (int i = 0; i < x.samples(); i++) {
            maps.sampleWeights(pixels, image, i, jacobian, i * stride + weightOffset);
        }
        b.sampleGradients(y.adjoint(), jacobian, stride);
        return true;
    }
}
