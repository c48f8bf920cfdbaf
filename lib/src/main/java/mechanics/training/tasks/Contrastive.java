package mechanics.training.tasks;

import mechanics.base.Require;
import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.network.Pass;
import mechanics.network.Tensor;
import mechanics.training.LearningRule;
import mechanics.training.Task;

/**
 * Contrastive learning on pairs: samples 2i and 2i + 1 are two views of one thing, and the network f is to map them
 * close together and far from all others of the batch. With u = f / ‖f‖ and the similarity sᵢⱼ = ⟨uᵢ, uⱼ⟩ / τ, the loss
 * is the mean over samples i of −s_ip + ln Σ_{j ≠ i} exp(sᵢⱼ), where p is the partner of i: InfoNCE (van den Oord, Li and
 * Vinyals 2018) in the symmetric form of Chen et al. (2020), NT-Xent.
 *
 * <p>Targets: one number for each sample, the same for both of a pair. The loss depends on the batch as a whole; a run
 * with batches descends the mean of the losses of batches, not the loss over all samples.
 *
 * <p>Cost: 3 products of n × k with n × n for n samples of k outputs; memory: n² + 2nk numbers anew at each call, twice
 * that for second derivatives.
 *
 * @param temperature τ
 */
public record Contrastive(double temperature) implements Task {
    /** As good as −∞ for a softmax, and finite in both precisions. */
    private static final double NEVER = -1e30;

    /** Checks the temperature. */
    public Contrastive {
        Require.positive("temperature", temperature);
    }

    /** The task at temperature τ. */
    public static Contrastive of(double temperature) {
        return new Contrastive(temperature);
    }

    /**
     * The targets of n samples in pairs: 0, 0, 1, 1, 2, 2, …
     *
     * @param n the number of pairs
     */
    public static double[][] pairs(int n) {
        var targets = new double[n][1];
        for (int i = 0; i < n; i++) targets[i][0] = Math.floorDiv(i, 2);
        return targets;
    }

    @Override
    public String name() { return "Contrastive"; }

    @Override
    public int group() { return 2; }

    @Override
    public void check(Shape output, Array targets, int samples) {
        if (samples % 2 != 0 || samples < 4) {
            throw new IllegalArgumentException(
                    "Contrastive with " + samples + " samples: expected pairs, at least two of them");
        }
        if (output.rows() != 1 || targets.length() != samples) {
            throw new IllegalArgumentException("Contrastive with outputs of shape " + output + " and "
                    + targets.length() + " targets: expected vectors and one target for each of " + samples
                    + " samples");
        }
        for (int i = 0; i < samples; i += 2) {
            if (targets.get(i) != targets.get(i + 1)) {
                throw new IllegalArgumentException("targets of samples " + i + " and " + (i + 1) + " = "
                        + targets.get(i) + " and " + targets.get(i + 1)
                        + ": expected the same number for both of a pair");
            }
        }
    }

    @Override
    public double differentiate(Tensor output, Array targets) {
        Tensor adjoint = output.adjoint();
        adjoint.markWritten(Pass.VALUE);
        var at = new Similarities(output);
        Array delta = adjoint.value();
        delta.copy(at.pull);
        for (int i = 0; i < at.n; i++) {
            // δ = (∂L/∂u − u ⟨u, ∂L/∂u⟩) / ‖f‖
            Array row = delta.view(i * at.k, at.k);
            Array u = at.row(at.units, i);
            row.add(-u.dot(row), u);
            row.scale(1 / at.norms[i]);
        }
        return at.loss;
    }

    @Override
    public void differentiateTangent(Tensor output, Array targets) {
        Tensor adjoint = output.adjoint();
        adjoint.markWritten(Pass.TANGENT);
        var at = new Similarities(output);
        Array unitTangents = at.unitTangents(output.tangent());
        Array pullTangents = at.pullTangents(unitTangents);
        Array result = adjoint.tangent();
        for (int i = 0; i < at.n; i++) {
            // The product rule on δ = (g − u ⟨u, g⟩) / ‖f‖ with g = ∂L/∂u.
            Array u = at.row(at.units, i);
            Array du = at.row(unitTangents, i);
            Array g = at.row(at.pull, i);
            Array dg = at.row(pullTangents, i);
            double along = u.dot(g);
            double stretch = u.dot(at.row(output.tangent(), i)) / at.norms[i];
            Array row = result.view(i * at.k, at.k);
            row.combine(1, dg, 0);
            row.add(-stretch, g);
            row.add(-along, du);
            row.add(stretch * along - du.dot(g) - u.dot(dg), u);
            row.scale(1 / at.norms[i]);
        }
    }

    /** The batch as unit vectors, how much each looks like each other, and the derivative of the loss. */
    private final class Similarities {
        final int n;
        final int k;
        /** u, n × k. */
        final Array units;
        /** ‖f‖, n. */
        final double[] norms;
        /** p, n × n: the softmax of each row of s, 0 on the diagonal. */
        final Array shares;
        /** ∂L/∂u, n × k. */
        final Array pull;
        final double loss;

        Similarities(Tensor output) {
            n = output.samples();
            k = output.columns();
            units = output.value().copy();
            norms = new double[n];
            for (int i = 0; i < n; i++) {
                norms[i] = row(units, i).norm();
                row(units, i).scale(1 / norms[i]);
            }
            Array s = units.like(n * n);
            s.gemm(1 / temperature, units, false, units, true, n, n, k, 0);
            for (int i = 0; i < n; i++) s.set(i * n + i, NEVER);
            shares = s.like(n * n);
            shares.softmaxRows(s, n);
            double sum = 0;
            for (int i = 0; i < n; i++) {
                // ln Σ exp(s) = s − ln p at the largest s, where p cannot underflow.
                int largest = i * n + s.largestAt(i * n, n);
                sum += s.get(largest) - Math.log(shares.get(largest)) - s.get(i * n + (i ^ 1));
            }
            loss = sum / n;
            pull = units.like(n * k);
            // ∂L/∂u = (G + Gᵀ) u / τ, where G = (p − 1 at the partners) / n.
            addSymmetric(shares, units, 0, pull);
            for (int i = 0; i < n; i++) row(pull, i).add(-2 / (n * temperature), row(units, i ^ 1));
        }

        /** result = (A + Aᵀ) x / (n τ) + β result. */
        private void addSymmetric(Array a, Array x, double beta, Array result) {
            double c = 1 / (n * temperature);
            result.gemm(c, a, false, x, false, n, k, n, beta);
            result.gemm(c, a, true, x, false, n, k, n, 1);
        }

        /** u̇ = (ḟ − u ⟨u, ḟ⟩) / ‖f‖. */
        Array unitTangents(Array tangent) {
            Array result = tangent.copy();
            for (int i = 0; i < n; i++) {
                Array row = row(result, i);
                row.add(-row(units, i).dot(row), row(units, i));
                row.scale(1 / norms[i]);
            }
            return result;
        }

        /** The derivative of ∂L/∂u along u̇. */
        Array pullTangents(Array unitTangents) {
            Array similarityTangents = shares.like(n * n);
            double c = 1 / temperature;
            similarityTangents.gemm(c, unitTangents, false, units, true, n, n, k, 0);
            similarityTangents.gemm(c, units, false, unitTangents, true, n, n, k, 1);
            Array shareTangents = shares.copy();
            shareTangents.softmaxTangentRows(similarityTangents, n);
            Array result = pull.like(n * k);
            addSymmetric(shareTangents, units, 0, result);
            addSymmetric(shares, unitTangents, 1, result);
            for (int i = 0; i < n; i++) row(result, i).add(-2 / (n * temperature), row(unitTangents, i ^ 1));
            return result;
        }

        Array row(Array matrix, int i) { return matrix.view(i * k, k); }
    }
}
