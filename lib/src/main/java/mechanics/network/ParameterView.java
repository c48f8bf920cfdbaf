package mechanics.network;

import mechanics.base.Shape;
import mechanics.linalg.Array;

/**
 * One parameter of a network: a name, a shape and a window on the flat vector of all parameters. What the network
 * uses is {@link #multiplier()} × the numbers here.
 */
public final class ParameterView {
    private final ParameterSpec spec;
    private final Parameterization.Scaling scaling;
    private final int offset;
    private final Parameters owner;

    ParameterView(ParameterSpec spec, Parameterization.Scaling scaling, int offset, Parameters owner) {
        this.spec = spec;
        this.scaling = scaling;
        this.offset = offset;
        this.owner = owner;
    }

    /** The full name, as in {@code layer1.weight}. */
    public String name() { return spec.name(); }

    /** The shape; weights are outputs × inputs. */
    public Shape shape() { return spec.shape(); }

    /** What the layer asked for, its role decided. */
    public ParameterSpec spec() { return spec; }

    /** What the parameterization says of it. */
    public Parameterization.Scaling scaling() { return scaling; }

    /** The factor where the parameter enters the computation. */
    public double multiplier() {
        return scaling.multiplier();
    }

    /** The index of its first entry in the flat vector of all parameters. */
    public int offset() {
        return offset;
    }

    /** The number of entries. */
    public int count() { return spec.shape().count(); }

    /**
     * The part of any vector over all parameters (a gradient, a direction) that belongs to this parameter.
     *
     * @param vector P numbers, in the layout of the parameters
     */
    public Array of(Array vector) { return vector.view(offset, count()); }

    /** The numbers; writing to them writes to the network. Then call {@link Parameters#changed}. */
    public Array array() {
        return of(owner.array());
    }

    /** The numbers as rows, in new Java arrays; a vector is one row. */
    public double[][] get() {
        return array().toRows(spec.shape().columns());
    }

    /**
     * Sets the numbers; a vector takes one row. Modified.
     *
     * @param rows as many rows and columns as the parameter has
     */
    public void set(double[]... rows) {
        int columns = spec.shape().columns();
        if (rows.length != spec.shape().rows()) {
            throw new IllegalArgumentException(name() + " was given " + rows.length + " rows: expected "
                    + spec.shape().rows() + " for shape " + spec.shape());
        }
        Array array = array();
        for (int i = 0; i < rows.length; i++) {
            if (rows[i].length != columns) {
                throw new IllegalArgumentException(name() + " was given a row of " + rows[i].length
                        + " numbers: expected " + columns + " for shape " + spec.shape());
            }
            for (double x : rows[i]) {
                if (!Double.isFinite(x)) {
                    throw new IllegalArgumentException(
                            name() + " was given " + x + " in row " + i + ": expected finite numbers");
                }
            }
            array.view(i * columns, columns).store(0, rows[i], columns);
        }
        owner.changed();
    }

    @Override
    public String toString() { return name() + shape(); }
}
