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
 * The convolutional layer: every output pixel is c W p + c′ b, where p is the patch of the input around it. Images
 * have shape height × width × channels, the channels of a pixel together; a grey image stored row by row is one
 * with a single channel. Parameters: {@code weight}, channels × (size · size · input channels), a row's entries in
 * the order (row, column, input channel) of the patch, and {@code bias}, channels. As is usual, the patch is not
 * turned around (a cross-correlation).
 *
 * <p>The fan-in is size² × input channels and the fan-out size² × channels, so that hidden layers of equal width
 * have equal fans. Cost per image and pass: positions × size² × input channels × channels multiply–adds forward,
 * twice that backward.
 *
 * @param channels the number of outputs in each pixel
 * @param size the rows and columns of a patch
 * @param stride the step from a patch to the next
 * @param padding the rows and columns of zeros around the image
 * @param bias whether there is a bias
 * @param role the role of the weights; {@link Role#WEIGHT} lets their place decide
 */
public record Convolution(int channels, int size, int stride, int padding, boolean bias,
        Role role) implements Layer {
    /** Checks the sizes. */
    public Convolution {
        ConvolutionNode.check(channels, size, stride, padding);
    }

    /**
     * The layer with stride 1, a bias, and padding that keeps height and width where the size is odd.
     *
     * @param channels the number of output channels
     * @param size side of a patch, in pixels
     */
    public static Convolution of(int channels, int size) {
        return new Convolution(channels, size, 1, Math.max(0, (size - 1) / 2), true, Role.WEIGHT);
    }

    /**
     * This layer with another step from patch to patch.
     *
     * @param step pixels between patches, at least 1
     */
    public Convolution stride(int step) {
        return new Convolution(channels, size, step, padding, bias, role);
    }

    /**
     * This layer with another number of zeros around the image.
     *
     * @param zeros pixels of zeros around the image, not negative
     */
    public Convolution padding(int zeros) {
        return new Convolution(channels, size, stride, zeros, bias, role);
    }

    /** This layer without a bias. */
    public Convolution withoutBias() {
        return new Convolution(channels, size, stride, padding, false, role);
    }

    /**
     * This layer with its weights in the given role.
     *
     * @param other the role, which decides start and learning rate in a parameterization
     */
    public Convolution in(Role other) {
        return new Convolution(channels, size, stride, padding, bias, other);
    }

    @Override
    public Shape outputShape(Shape input) {
        var patches = patches(input);
        return Shape.of(patches.down(), patches.across(), channels);
    }

    @Override
    public List<ParameterSpec> parameters(Shape input) {
        int entries = patches(input).entries();
        var specs = new ArrayList<ParameterSpec>();
        specs.add(new ParameterSpec("weight", Shape.of(channels, entries), role, entries,
                size * size * channels,
                false));
        if (bias) specs.add(ParameterSpec.bias("bias", channels));
        return specs;
    }

    @Override
    public Node bind(Binding binding) {
        Shape input = binding.input().shape();
        var maps = new Correlation(patches(input), channels, binding.multiplier("weight"),
                binding.precision());
        return new ConvolutionNode(binding, binding.tensor(outputShape(input)), bias, maps, false);
    }

    private Patches patches(Shape input) {
        requireImage("convolution", input);
        return new Patches(input.size(0), input.size(1), input.size(2), size, stride, padding);
    }

    public static void requireImage(String layer, Shape input) {
        if (input.rank() != 3) {
            throw new IllegalArgumentException(
                    layer + " of inputs of shape " + input + ": expected (height, width, channels)");
        }
    }
}
