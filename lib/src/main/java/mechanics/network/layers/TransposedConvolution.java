package mechanics.network.layers;

import java.util.ArrayList;
import java.util.List;

import mechanics.base.Shape;
import mechanics.linalg.Patches;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Node;
import mechanics.network.ParameterSpec;
import mechanics.network.Role;

/**
 * The adjoint of a {@link Convolution}, as a layer: every input pixel x adds the patch c Wᵀ x to the output, at the
 * place from which a convolution with the same size, stride and padding would have read it. With stride s it makes
 * images s times as large: (height − 1) s + size − 2 padding rows. Parameters: {@code weight}, input channels ×
 * (size · size · channels), and {@code bias}, channels. The fan-in is size² × input channels / stride², the number
 * of terms in an output pixel.
 *
 * @param channels the number of outputs in each pixel
 * @param size the rows and columns of a patch
 * @param stride the step from a patch to the next
 * @param padding the rows and columns cut off around the image
 * @param bias whether there is a bias
 * @param role the role of the weights; {@link Role#WEIGHT} lets their place decide
 */
public record TransposedConvolution(int channels, int size, int stride, int padding, boolean bias,
        Role role) implements Layer {
    /** Checks the sizes. */
    public TransposedConvolution {
        ConvolutionNode.check(channels, size, stride, padding);
    }

    /**
     * The layer that makes each pixel a patch of {@code size} × {@code size} beside the others, with a bias.
     *
     * @param channels the number of output channels
     * @param size side of a patch, in pixels
     */
    public static TransposedConvolution of(int channels, int size) {
        return new TransposedConvolution(channels, size, size, 0, true, Role.WEIGHT);
    }

    /**
     * This layer with another step from patch to patch.
     *
     * @param step pixels between patches, at least 1
     */
    public TransposedConvolution stride(int step) {
        return new TransposedConvolution(channels, size, step, padding, bias, role);
    }

    /**
     * This layer with another number of rows and columns cut off.
     *
     * @param cut pixels cut off around the image, not negative
     */
    public TransposedConvolution padding(int cut) {
        return new TransposedConvolution(channels, size, stride, cut, bias, role);
    }

    /** This layer without a bias. */
    public TransposedConvolution withoutBias() {
        return new TransposedConvolution(channels, size, stride, padding, false, role);
    }

    /**
     * This layer with its weights in the given role.
     *
     * @param other the role, which decides start and learning rate in a parameterization
     */
    public TransposedConvolution in(Role other) {
        return new TransposedConvolution(channels, size, stride, padding, bias, other);
    }

    @Override
    public Shape outputShape(Shape input) {
        var patches = patches(input);
        return Shape.of(patches.height(), patches.width(), channels);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        var patches = patches(input);
        int fanIn = Math.max(1, size * size * input.columns() / (stride * stride));
        var specs = new ArrayList<ParameterSpec>();
        specs.add(new ParameterSpec("weight", Shape.of(input.columns(), patches.entries()), role, fanIn,
                patches.entries(), false));
        if (bias) specs.add(ParameterSpec.bias("bias", channels));
        return specs;
    }

    @Override
    public Node bind(Binding binding) {
        Shape input = binding.input().shape();
        var maps = new Correlation(patches(input), input.columns(), binding.multiplier("weight"),
                binding.precision());
        return new ConvolutionNode(binding, binding.tensor(outputShape(input)), bias, maps, true);
    }

    /** The patches of the output. */
    private Patches patches(Shape input) {
        Convolution.requireImage("transposed convolution", input);
        return new Patches(enlarged(input.size(0)), enlarged(input.size(1)), channels, size, stride, padding);
    }

    private int enlarged(int pixels) { return (pixels - 1) * stride + size - 2 * padding; }
}
