package mechanics.network;

/**
 * What a parameter is for, as far as its scaling with width is concerned: the rows of the table in
 * {@link Parameterization}.
 */
public enum Role {
    /** A weight matrix whose role follows from its place: the first is INPUT, the last READOUT, others HIDDEN. */
    WEIGHT,
    /** Weights from inputs of fixed size to a width. */
    INPUT,
    /** Weights from a width to a width. */
    HIDDEN,
    /** Weights from a width to outputs of fixed size. */
    READOUT,
    /** A vector added to a layer of a given width. */
    BIAS,
    /** A vector added to the outputs. */
    READOUT_BIAS,
    /** A vector that a layer is multiplied by, one at the start. */
    GAIN,
    /** A table with a row of a given width for each token or position. */
    EMBEDDING
}
