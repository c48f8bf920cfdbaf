package mechanics.network.zoo;

import mechanics.base.Require;
import mechanics.base.Shape;
import mechanics.network.Activation;
import mechanics.network.Architecture;
import mechanics.network.Layer;
import mechanics.network.Options;
import mechanics.network.Role;
import mechanics.network.Sequential;
import mechanics.network.layers.ConcatenatingSkip;
import mechanics.network.layers.Convolution;
import mechanics.network.layers.MeanPool;
import mechanics.network.layers.Nonlinearity;
import mechanics.network.layers.Upsample;

/**
 * A small U-Net (Ronneberger, Fischer and Brox 2015), a map from images to images: at each level a 3 × 3 convolution,
 * then a skip connection around everything that happens at half the resolution with twice the channels, then a
 * convolution that joins both; a 3 × 3 convolution reads out.
 *
 * @param image the shape of inputs and outputs, height × width × channels
 * @param channels the channels at full resolution
 * @param levels how often the resolution is halved; height and width must be divisible by 2^levels
 * @param activation φ
 * @param options what is chosen besides
 */
public record UNet(Shape image, int channels, int levels, Activation activation,
        Options options) implements Architecture<UNet> {

    /** Checks the sizes. */
    public UNet {
        Convolution.requireImage("U-Net", image);
        Require.positive("channels", channels);
        if (levels < 0 || levels > 20 || image.size(0) % (1 << levels) != 0
                || image.size(1) % (1 << levels) != 0) {
            throw new IllegalArgumentException(
                    "levels = " + levels + ": expected height and width of the image "
                            + image + " to be divisible by 2 that many times");
        }
    }

    /**
     * A U-Net with ReLU.
     *
     * @param image height × width × channels
     * @param channels the channels at full resolution
     * @param levels how often height and width are halved
     */
    public static UNet of(Shape image, int channels, int levels) {
        return new UNet(image, channels, levels, Activation.RELU, Options.DEFAULT);
    }

    /**
     * Sets the activation.
     *
     * @param phi φ
     */
    public UNet activation(Activation phi) { return new UNet(image, channels, levels, phi, options); }

    @Override
    public UNet with(Options other) { return new UNet(image, channels, levels, activation, other); }

    @Override
    public Shape input() { return image; }

    @Override
    public Sequential layers() {
        return Sequential.of(level(0, Role.INPUT), Convolution.of(image.size(2), 3).in(Role.READOUT));
    }

    private Layer level(int number, Role role) {
        int width = channels << number;
        var enter = Convolution.of(width, 3).in(role);
        var phi = new Nonlinearity(activation);
        if (number == levels) return Sequential.of(enter, phi);
        var below = ConcatenatingSkip.of(MeanPool.of(2), level(number + 1, Role.HIDDEN), new Upsample(2));
        return Sequential.of(enter, phi, below, Convolution.of(width, 3).in(Role.HIDDEN), phi);
    }
}
