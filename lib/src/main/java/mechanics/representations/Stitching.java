package mechanics.representations;

import java.util.List;

import mechanics.linalg.Array;
import mechanics.network.Layer;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.Sequential;

import smile.linalg.UPLO;
import smile.tensor.DenseMatrix;

/**
 * A linear layer that puts the representation of one network in the place of another's: y ≈ W x + b, fitted by least
 * squares. If the second network, cut open there, works about as well on W x + b as on its own y, then x holds what it
 * uses, in a form that is linearly accessible.
 *
 * <p>Cost: O(n d (d + d′) + d³). Sources: Lenc and Vedaldi (2015) and Bansal, Nakkiran and Barak (2021) for stitching;
 * Csiszárik et al. (2021) for the fit by least squares ("direct matching"), where they train W for the task instead.
 *
 * @param weight W transposed, d × d′
 * @param bias b, of d′ numbers
 */
public record Stitching(Array weight, Array bias) {

    /**
     * The best linear map from one representation to the other on these samples. Not modified.
     *
     * @param x n × d, the representation to map
     * @param y n × d′, what it is mapped to
     * @param ridge a share of the mean variance of x that is added to every variance, such as 1e-6, so that directions
     *        in which x does not vary do no harm; positive
     */
    public static Stitching fit(Representation x, Representation y, double ridge) {
        Features.requireSame(x, y, 2);
        if (!(ridge > 0) || Double.isInfinite(ridge)) {
            throw new IllegalArgumentException("ridge = " + ridge + ": expected a positive number");
        }
        var a = Features.unscaled(x).requireVariance();
        var b = Features.unscaled(y);
        int d = a.width(), e = b.width();
        Array square = a.cross(a);
        double added = ridge * a.values().dot(a.values()) / d;
        for (int i = 0; i < d; i++) square.set(i * d + i, square.get(i * d + i) + added);
        var solution = DenseMatrix.of(a.cross(b).toRows(e));
        DenseMatrix.of(square.toRows(d)).withUplo(UPLO.LOWER).cholesky().solve(solution);
        Array weight = square.like(d * e);
        for (int i = 0; i < d; i++) {
            for (int j = 0; j < e; j++) weight.set(i * e + j, solution.get(i, j));
        }
        Array bias = mean(y, weight);
        bias.gemm(-1, mean(x, weight), false, weight, false, 1, e, d, 1);
        return new Stitching(weight, bias);
    }

    /**
     * W x + b for every sample, in double precision. Not modified.
     *
     * @param x n × d, the representation to map
     */
    public Representation apply(Representation x) {
        int d = weight.length() / bias.length(), e = bias.length();
        if (x.width() != d) {
            throw new IllegalArgumentException("representation of width " + x.width() + ": expected " + d);
        }
        Array input = weight.like(x.values().length());
        input.copy(x.values());
        Array output = weight.like(Math.multiplyExact(x.samples(), e));
        output.setRows(1, bias);
        output.gemm(1, input, false, weight, false, x.samples(), e, d, 1);
        return new Representation(output, x.samples());
    }

    /**
     * What a network computes after a hidden representation: a network whose inputs are that representation. Its
     * parameters are copies.
     *
     * @param network the network at its present parameters
     * @param hidden the number of the representation in {@link Representation#hidden}, from 0
     * @throws IllegalArgumentException if the network is not a chain of layers in standard parameterization
     */
    public static Network tail(Network network, int hidden) {
        if (!(network.layers() instanceof Sequential(List<Layer> layers))
                || network.options().outputMultiplier() != 1
                || !network.options().parameterization()
                        .equals(Parameterization.standard())) {
            throw new IllegalArgumentException("network = " + network.layers()
                    + ": expected a chain of layers in standard parameterization with output multiplier 1");
        }
        var shape = network.input();
        int cut = 0;
        for (int seen = -1; cut < layers.size(); cut++) {
            if (!layers.get(cut).parameters(shape).isEmpty() && ++seen == hidden + 1) break;
            shape = layers.get(cut).outputShape(shape);
        }
        if (hidden < 0 || cut == layers.size()) {
            throw new IllegalArgumentException("hidden = " + hidden
                    + ": expected the number of a hidden representation of this network, from 0");
        }
        var tail = Network.of(shape, layers.subList(cut, layers.size()).toArray(Layer[]::new))
                .precision(network.precision()).build();
        int own = tail.parameters().count();
        Array all = network.parameters().array();
        tail.parameters().set(all.view(all.length() - own, own));
        return tail;
    }

    private static Array mean(Representation z, Array like) {
        Array values = like.like(z.values().length());
        values.copy(z.values());
        Array mean = like.like(z.width());
        mean.sumRows(1.0 / z.samples(), values, 0);
        return mean;
    }
}
