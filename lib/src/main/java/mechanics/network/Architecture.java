package mechanics.network;

import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.linalg.Precision;

/**
 * The description of a network: the shape of its inputs, its layers, and {@link Options}. Immutable; the methods
 * that set an option return a new description, so that a network is written as a sentence that ends in
 * {@link #build}.
 *
 * @param <T> the type of the description itself
 */
public interface Architecture<T extends Architecture<T>> {
    /** The shape of one input. */
    Shape input();

    /** The layers, from input to output. */
    Layer layers();

    /** What is chosen besides. */
    Options options();

    /**
     * The same description with other options.
     *
     * @param options what is chosen for the new description
     */
    T with(Options options);

    /** Makes the network, its parameters drawn from the seed. */
    default Network build() {
        return new Network(input(), layers(), options());
    }

    /**
     * Sets the scaling with width and depth.
     *
     * @param parameterization how start and learning rates depend on the width
     */
    default T parameterization(Parameterization parameterization) {
        var o = options();
        return with(new Options(parameterization, o.outputMultiplier(), o.initialScale(), o.antisymmetric(),
                o.precision(), o.seed()));
    }

    /**
     * Sets the factor α on the output: large is lazy, small is rich (Chizat, Oyallon and Bach 2019).
     *
     * @param alpha α, the factor on the outputs
     */
    default T outputMultiplier(double alpha) {
        var o = options();
        return with(
                new Options(o.parameterization(), alpha, o.initialScale(), o.antisymmetric(), o.precision(),
                        o.seed()));
    }

    /**
     * Sets a factor on all parameters at the start.
     *
     * @param factor what multiplies all parameters at the start
     */
    default T initialScale(double factor) {
        var o = options();
        return with(new Options(o.parameterization(), o.outputMultiplier(), factor, o.antisymmetric(),
                o.precision(),
                o.seed()));
    }

    /**
     * Starts with output exactly zero: the neurons of the last hidden layer come in pairs with equal incoming and
     * opposite outgoing weights. Its width must be even. With two or more hidden layers the pairs also cancel the
     * gradients of the layers before, so that the tangent kernel at the start is not the analytic one.
     */
    default T antisymmetric() {
        var o = options();
        return with(
                new Options(o.parameterization(), o.outputMultiplier(), o.initialScale(), true, o.precision(),
                        o.seed()));
    }

    /**
     * Sets the format of all numbers.
     *
     * @param precision the format of all numbers
     */
    default T precision(Precision precision) {
        var o = options();
        return with(
                new Options(o.parameterization(), o.outputMultiplier(), o.initialScale(), o.antisymmetric(),
                        precision, o.seed()));
    }

    /**
     * Sets the seed of the parameters at the start.
     *
     * @param seed where the parameters at the start come from
     */
    default T seed(Seed seed) {
        var o = options();
        return with(
                new Options(o.parameterization(), o.outputMultiplier(), o.initialScale(), o.antisymmetric(),
                        o.precision(), seed));
    }

    /**
     * Sets the seed of the parameters at the start.
     *
     * @param seed where the parameters at the start come from
     */
    default T seed(long seed) { return seed(Seed.of(seed)); }
}
