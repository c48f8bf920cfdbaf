package mechanics.network;

/** The layers by short names, to be imported statically where a network is written layer by layer. */
public final class Layers {
    private Layers() {}

    /** A fully connected layer with a bias. */
    public static Dense dense(int width) {
        return Dense.of(width);
    }

    /** y = φ(x). */
    public static Nonlinearity activation(Activation phi) { return new Nonlinearity(phi); }

    /** y = tanh x. */
    public static Nonlinearity tanh() { return activation(Activation.TANH); }

    /** y = max(x, 0). */
    public static Nonlinearity relu() { return activation(Activation.RELU); }

    /** y = x Φ(x). */
    public static Nonlinearity gelu() { return activation(Activation.GELU); }

    /** y = x + branch(x). */
    public static Residual residual(Layer... branch) { return Residual.of(branch); }

    /** y = α x. */
    public static Scale scale(double alpha) { return new Scale(alpha); }

    /** Layers one after another, as one. */
    public static Sequential sequential(Layer... layers) {
        return Sequential.of(layers);
    }
}
