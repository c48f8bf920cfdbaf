package mechanics.measure;

import java.util.stream.IntStream;

import mechanics.network.Network;
import mechanics.network.ParameterView;

/**
 * A two-layer ReLU network as what it is, a set of neurons: x ↦ Σᵢ aᵢ max(wᵢ·x, 0). Because ReLU is homogeneous, a
 * neuron is a direction wᵢ/‖wᵢ‖, a mass |aᵢ|‖wᵢ‖ and a sign: networks that share these are the same function.
 *
 * @param incoming wᵢ, n × d, rows are neurons. Not modified, but kept.
 * @param outgoing aᵢ, n numbers. Not modified, but kept.
 */
public record ReluNeurons(double[][] incoming, double[] outgoing) {

    /** Checks the shapes. */
    public ReluNeurons {
        if (incoming.length == 0 || incoming.length != outgoing.length)
            throw new IllegalArgumentException("incoming, outgoing of " + incoming.length + ", "
                    + outgoing.length + " neurons: expected equal numbers, at least 1");
        for (double[] w : incoming)
            if (w.length == 0 || w.length != incoming[0].length)
                throw new IllegalArgumentException("incoming has rows of " + incoming[0].length + " and "
                        + w.length + ": expected equal lengths, at least 1");
    }

    /**
     * The neurons of a network with one hidden layer, one output and no biases: its parameters as they are, without
     * the multipliers of the parameterization.
     *
     * @param network the network at its present parameters
     * @throws IllegalArgumentException if the network is another
     */
    public static ReluNeurons of(Network network) {
        return new ReluNeurons(layer(network, 0).get(), layer(network, 1).get()[0]);
    }

    /**
     * Gives a network these neurons. Modified: network.
     *
     * @param network a network of two layers without biases, of as many neurons and inputs; its parameters are set
     */
    public void copyTo(Network network) {
        layer(network, 0).set(incoming);
        layer(network, 1).set(outgoing);
    }

    private static ParameterView layer(Network network, int index) {
        var views = network.parameters().views();
        if (views.size() != 2 || views.get(0).shape().rank() != 2 || views.get(1).shape().rows() != 1
                || views.get(1).shape().columns() != views.get(0).shape().rows())
            throw new IllegalArgumentException("network with parameters " + views
                    + ": expected two dense layers without biases and one output");
        return views.get(index);
    }

    /** The number of neurons, n. */
    public int count() { return outgoing.length; }

    /**
     * Σᵢ aᵢ max(wᵢ·x, 0). Cost: n d.
     *
     * @param x d numbers
     */
    public double value(double[] x) {
        double value = 0;
        for (int i = 0; i < count(); i++) value += outgoing[i] * Math.max(0, dot(incoming[i], x));
        return value;
    }

    /** The same directions and signs with |aᵢ| = ‖wᵢ‖, which training with small steps conserves. */
    public ReluNeurons balanced() {
        return new ReluNeurons(incoming, IntStream.range(0, count())
                .mapToDouble(i -> Math.signum(outgoing[i]) * norm(incoming[i])).toArray());
    }

    /**
     * The mass of neuron i, |aᵢ|‖wᵢ‖.
     *
     * @param i the number of the neuron, from 0
     */
    public double mass(int i) { return Math.abs(outgoing[i]) * norm(incoming[i]); }

    /** The mass of all neurons, Σᵢ |aᵢ|‖wᵢ‖. */
    public double mass() {
        return IntStream.range(0, count()).mapToDouble(this::mass).sum();
    }

    /**
     * The angle, in degrees, between neuron i and the nearest neuron of the same sign of a teacher; 180 without one.
     *
     * @param i the number of the neuron, from 0
     * @param teacher the network that labeled the data
     */
    public double angle(int i, ReluNeurons teacher) {
        double nearest = -1;
        for (int j = 0; j < teacher.count(); j++) {
            if (Math.signum(teacher.outgoing[j]) == Math.signum(outgoing[i])) {
                double cosine = dot(incoming[i], teacher.incoming[j])
                        / (norm(incoming[i]) * norm(teacher.incoming[j]));
                nearest = Math.max(nearest, cosine);
            }
        }
        return Math.toDegrees(Math.acos(Math.clamp(nearest, -1.0, 1.0)));
    }

    /**
     * The angle of {@link #angle(int, ReluNeurons)} averaged over the neurons' mass, in degrees.
     *
     * @param teacher the network that labeled the data
     */
    public double angle(ReluNeurons teacher) {
        return IntStream.range(0, count()).mapToDouble(i -> mass(i) * angle(i, teacher)).sum() / mass();
    }

    /**
     * The share of the neurons' mass that lies within so many degrees of a neuron of the same sign of a teacher.
     *
     * @param degrees the largest angle that counts
     * @param teacher the network that labeled the data
     */
    public double shareWithin(double degrees, ReluNeurons teacher) {
        return IntStream.range(0, count()).filter(i -> angle(i, teacher) <= degrees)
                .mapToDouble(this::mass).sum() / mass();
    }

    private static double norm(double[] v) { return Math.sqrt(dot(v, v)); }

    private static double dot(double[] u, double[] v) {
        if (u.length != v.length)
            throw new IllegalArgumentException(
                    "x has " + v.length + " numbers: expected " + u.length
                            + ", as many as the neurons' inputs");
        double sum = 0;
        for (int i = 0; i < u.length; i++) sum += u[i] * v[i];
        return sum;
    }
}
