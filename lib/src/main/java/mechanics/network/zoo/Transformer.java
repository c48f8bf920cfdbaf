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
import mechanics.network.layers.Embedding;
import mechanics.network.layers.FeedForward;
import mechanics.network.layers.LayerNorm;
import mechanics.network.layers.PositionEmbedding;
import mechanics.network.layers.TransformerBlock;

/**
 * A language model: token and position embeddings, transformer blocks, a last normalization and a dense readout to
 * one score for each token of the vocabulary. Inputs are {@code context} token numbers, outputs context × vocabulary
 * scores of what comes next. Each token sees itself and those before it. Parameters, with d = depth:
 * {@code layer1.table} (tokens), {@code layer2.table} (positions), {@code layer3.…} to {@code layer(d+2).…} (blocks),
 * then the normalization and the readout.
 *
 * @param vocabulary the number of different tokens
 * @param context the number of tokens in an input
 * @param width the length of a token's vector
 * @param depth the number of blocks
 * @param attention the attention of each block
 * @param feedForward the perceptron of each block
 * @param options what is chosen besides
 */
public record Transformer(int vocabulary, int context, int width, int depth, Attention attention,
        FeedForward feedForward, Options options) implements Architecture<Transformer> {

    /** Checks the sizes. */
    public Transformer {
        Require.positive("vocabulary", vocabulary);
        Require.positive("context", context);
        Require.positive("width", width);
        Require.positive("depth", depth);
        attention.outputShape(Shape.of(context, width));
    }

    /**
     * A causal transformer with GELU and perceptrons four times as wide as a token.
     *
     * @param vocabulary the number of tokens
     * @param context the number of positions
     * @param width of the residual stream
     * @param heads the number of heads, a divisor of the width
     * @param depth the number of blocks
     */
    public static Transformer of(int vocabulary, int context, int width, int heads, int depth) {
        return new Transformer(vocabulary, context, width, depth, Attention.of(heads).causally(),
                FeedForward.of(),
                Options.DEFAULT);
    }

    /**
     * Sets the exponent a of the scale 1/dᵃ of attention scores: ½, or 1 for maximal update.
     *
     * @param a the exponent a of the scale (width of a head)^(−a) of the logits
     */
    public Transformer scaleExponent(double a) { return attention(attention.scaleExponent(a)); }

    /**
     * Sets the attention of each block.
     *
     * @param other the attention of every block
     */
    public Transformer attention(Attention other) {
        return new Transformer(vocabulary, context, width, depth, other, feedForward, options);
    }

    /**
     * Sets the perceptron of each block.
     *
     * @param other the feed-forward part of every block
     */
    public Transformer feedForward(FeedForward other) {
        return new Transformer(vocabulary, context, width, depth, attention, other, options);
    }

    @Override
    public Transformer with(Options other) {
        return new Transformer(vocabulary, context, width, depth, attention, feedForward, other);
    }

    @Override
    public Shape input() { return Shape.of(context); }

    @Override
    public Sequential layers() {
        var layers = new ArrayList<Layer>();
        layers.add(new Embedding(vocabulary, width));
        layers.add(new PositionEmbedding());
        for (int i = 0; i < depth; i++) layers.add(new TransformerBlock(attention, feedForward));
        layers.add(LayerNorm.of());
        layers.add(Dense.of(vocabulary).in(Role.READOUT));
        return new Sequential(layers);
    }
}
