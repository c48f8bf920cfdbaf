package mechanics.network.zoo;

import mechanics.base.Require;

import java.util.ArrayList;

import mechanics.base.Shape;
import mechanics.network.Architecture;
import mechanics.network.Layer;
import mechanics.network.Options;
import mechanics.network.Role;
import mechanics.network.Sequential;
import mechanics.network.layers.Attention;
import mechanics.network.layers.Convolution;
import mechanics.network.layers.Dense;
import mechanics.network.layers.FeedForward;
import mechanics.network.layers.GlobalAveragePool;
import mechanics.network.layers.LayerNorm;
import mechanics.network.layers.PositionEmbedding;
import mechanics.network.layers.Reshape;
import mechanics.network.layers.TransformerBlock;
import mechanics.network.layers.TransposedConvolution;

/**
 * A transformer on images (Dosovitskiy et al. 2021): the image is cut into square patches, each patch becomes a
 * token by a linear map, tokens go through transformer blocks with full attention, and either their mean is read out
 * as {@code outputs} numbers, or each token becomes a patch of an image again (for denoising).
 *
 * @param image the shape of an input, height × width × channels
 * @param patch the rows and columns of a patch, a divisor of height and width
 * @param width the length of a token's vector
 * @param heads the number of attention heads
 * @param depth the number of blocks
 * @param outputs the number of outputs; 0 for an image of the shape of the input
 * @param scaleExponent the exponent a of the scale 1/dᵃ of attention scores
 * @param options what is chosen besides
 */
public record VisionTransformer(Shape image, int patch, int width, int heads, int depth, int outputs,
        double scaleExponent, Options options) implements Architecture<VisionTransformer> {

    /** Checks the sizes. */
    public VisionTransformer {
        Convolution.requireImage("vision transformer", image);
        Require.positive("patch", patch);
        Require.positive("width", width);
        Require.positive("depth", depth);
        if (outputs < 0) throw new IllegalArgumentException("outputs = " + outputs + ": expected at least 0");
        if (image.size(0) % patch != 0 || image.size(1) % patch != 0) {
            throw new IllegalArgumentException(
                    "patch = " + patch + ": expected a divisor of height and width of the image " + image);
        }
        new Attention(heads, false, scaleExponent).outputShape(Shape.of(1, width));
    }

    /**
     * A classifier or regressor with the given number of outputs.
     *
     * @param image height × width × channels
     * @param patch side of a patch, in pixels
     * @param width of the residual stream
     * @param heads the number of heads, a divisor of the width
     * @param depth the number of blocks
     * @param outputs the number of outputs
     */
    public static VisionTransformer of(Shape image, int patch, int width, int heads, int depth, int outputs) {
        Require.positive("outputs", outputs);
        return new VisionTransformer(image, patch, width, heads, depth, outputs, 0.5, Options.DEFAULT);
    }

    /**
     * A map from images to images.
     *
     * @param image height × width × channels
     * @param patch side of a patch, in pixels
     * @param width of the residual stream
     * @param heads the number of heads, a divisor of the width
     * @param depth the number of blocks
     */
    public static VisionTransformer imageToImage(Shape image, int patch, int width, int heads, int depth) {
        return new VisionTransformer(image, patch, width, heads, depth, 0, 0.5, Options.DEFAULT);
    }

    /**
     * Sets the exponent a of the scale 1/dᵃ of attention scores: ½, or 1 for maximal update.
     *
     * @param a the exponent a of the scale (width of a head)^(−a) of the logits
     */
    public VisionTransformer scaleExponent(double a) {
        return new VisionTransformer(image, patch, width, heads, depth, outputs, a, options);
    }

    @Override
    public VisionTransformer with(Options other) {
        return new VisionTransformer(image, patch, width, heads, depth, outputs, scaleExponent, other);
    }

    @Override
    public Shape input() { return image; }

    @Override
    public Sequential layers() {
        int down = image.size(0) / patch;
        int across = image.size(1) / patch;
        var layers = new ArrayList<Layer>();
        layers.add(Convolution.of(width, patch).stride(patch).padding(0).in(Role.INPUT));
        layers.add(new Reshape(Shape.of(down * across, width)));
        layers.add(new PositionEmbedding());
        for (int i = 0; i < depth; i++) {
            layers.add(new TransformerBlock(new Attention(heads, false, scaleExponent), FeedForward.of()));
        }
        layers.add(LayerNorm.of());
        if (outputs > 0) {
            layers.add(new GlobalAveragePool());
            layers.add(Dense.of(outputs).in(Role.READOUT));
        } else {
            layers.add(new Reshape(Shape.of(down, across, width)));
            layers.add(TransposedConvolution.of(image.size(2), patch).in(Role.READOUT));
        }
        return new Sequential(layers);
    }
}
