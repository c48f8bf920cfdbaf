package mechanics.network;

import mechanics.base.Shape;

/**
 * A network given layer by layer; made by {@link Network#of}.
 *
 * @param input the shape of one input
 * @param layers one after another, from the input on
 * @param options what is chosen besides
 */
public record Composition(Shape input, Sequential layers,
        Options options) implements Architecture<Composition> {
    @Override
    public Composition with(Options other) { return new Composition(input, layers, other); }
}
