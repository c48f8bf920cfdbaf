package mechanics.solvable;

import java.util.Arrays;

import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

import mechanics.base.Require;
import mechanics.linalg.DenseEigen;

/**
 * Matrix sensing by a factor U (d × r) that starts small: gradient flow on (1/4m) Σₖ (⟨Aₖ, UUᵀ⟩ − yₖ)² from U = αZ raises
 * the rank of UUᵀ one unit at a time.
 *
 * <p>The flow is U̇ = A(UUᵀ)U with the force A(X) = (1/m) Σₖ (yₖ − ⟨Aₖ, X⟩) Aₖ. Near zero directions grow with the
 * eigenvalues μ₁ &gt; μ₂ &gt; … of A(0). The first is there at ln(1/α)/μ₁, and UUᵀ rests near X₁, the solution of rank
 * one to which the flow of a single column leads from the eigenvector of μ₁. By then the other directions have the
 * size α^(1−μ₂/μ₁); now they grow with the largest eigenvalue λ of A(X₁). So
 *
 * <pre>d t₁ / d ln(1/α) = 1/μ₁,   d (t₂ − t₁) / d ln(1/α) = (1 − μ₂/μ₁)/λ.</pre>
 *
 * <p>If everything is observed, A(X) = S − X, this is 1/s₁ and 1/s₂ − 1/s₁.
 *
 * <p>Cost: O(m d²) for a force, a few hundred forces for X₁. Sources: Li, Luo and Lyu (2021); Arora, Cohen, Hu and Luo
 * (2019); Jacot, Ged, Şimşek, Hongler and Gabriel (2021).
 */
public final class GreedyLowRank {

    /** Of the start of the single column. */
    private static final double TINY = 1e-7;
    private static final double ERROR = 1e-11;
    private static final int PIECES = 2000;

    private final double[][][] measurements;
    private final double[] y;
    private final DenseEigen origin;
    private final double[][] first;
    private final double[] saddle;

    private GreedyLowRank(double[][][] measurements, double[] y) {
        this.measurements = measurements;
        this.y = y;
        int d = measurements[0].length;
        origin = DenseEigen.of(force(new double[d][d]), d);
        Require.positive("largest eigenvalue of A(0)", rate(1));
        double[] u = column();
        first = new double[d][d];
        for (int i = 0; i < d; i++) for (int j = 0; j < d; j++) first[i][j] = u[i] * u[j];
        saddle = DenseEigen.values(force(first));
    }

    /**
     * The problem of finding X from yₖ = ⟨Aₖ, X⟩.
     *
     * @param measurements Aₖ, m × d × d; of a matrix that is not symmetric the symmetric part counts. Not modified.
     * @param y m numbers. Not modified.
     * @throws IllegalArgumentException if sizes do not fit, a number is not finite, or nothing grows from zero
     * @throws ArithmeticException if the flow of a single column does not come to rest
     */
    public static GreedyLowRank of(double[][][] measurements, double[] y) {
        Require.positive("number of measurements", measurements.length);
        Require.sameLength("y", y.length, "measurements", measurements.length);
        int d = Require.matrix("measurement 0", measurements[0]);
        var symmetric = new double[measurements.length][d][d];
        for (int k = 0; k < y.length; k++) {
            Require.finite("y[" + k + "]", y[k]);
            Require.shape("measurement " + k, measurements[k], d, d);
            for (int i = 0; i < d; i++)
                for (int j = 0; j < d; j++)
                    symmetric[k][i][j] = Require.finite("an entry of measurement " + k,
                            (measurements[k][i][j] + measurements[k][j][i]) / 2);
        }
        return new GreedyLowRank(symmetric, y.clone());
    }

    /** d. */
    public int dimension() { return measurements[0].length; }

    /**
     * A(X) = (1/m) Σ (yₖ − ⟨Aₖ, X⟩) Aₖ, d × d.
     *
     * @param x X, d × d, symmetric. Not modified.
     */
    public double[][] force(double[][] x) {
        int d = dimension();
        Require.shape("x", x, d, d);
        var force = new double[d][d];
        for (int k = 0; k < y.length; k++) {
            double share = lacking(k, x) / y.length;
            for (int i = 0; i < d; i++)
                for (int j = 0; j < d; j++) force[i][j] += share * measurements[k][i][j];
        }
        return force;
    }

    /**
     * (1/4m) Σ (⟨Aₖ, X⟩ − yₖ)².
     *
     * @param x X, d × d. Not modified.
     */
    public double loss(double[][] x) {
        Require.shape("x", x, dimension(), dimension());
        double sum = 0;
        for (int k = 0; k < y.length; k++) sum += Math.pow(lacking(k, x), 2);
        return sum / (4 * y.length);
    }

    /**
     * μₖ, the rate at which a direction grows near zero.
     *
     * @param k from 1, the fastest, to d
     */
    public double rate(int k) { return origin.value(index(k)); }

    /** X₁, d × d: the solution of rank one, where UUᵀ rests. */
    public double[][] first() {
        return Arrays.stream(first).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * The rate at which a direction grows at X₁: an eigenvalue of A(X₁), one of which is 0, that of X₁ itself.
     *
     * @param k from 1, the fastest, to d
     */
    public double saddleRate(int k) { return saddle[index(k)]; }

    /** 1 − μ₂/μ₁: the power of α that the other directions have when the first is there. */
    public double separation() {
        return 1 - rate(2) / rate(1);
    }

    /** 1/μ₁: by how much the first rise comes later when ln(1/α) grows by one. */
    public double firstSlope() {
        return 1 / rate(1);
    }

    /**
     * (1 − μ₂/μ₁)/λ: by how much the plateau of rank one lasts longer when ln(1/α) grows by one.
     *
     * @throws ArithmeticException if nothing grows at X₁, so that the plateau lasts for ever
     */
    public double plateauSlope() {
        if (saddleRate(1) < 1e-6 * rate(1))
            throw new ArithmeticException("largest eigenvalue of A(X₁) = " + saddleRate(1)
                    + ": expected a positive one; nothing grows at X₁");
        return separation() / saddleRate(1);
    }

    /**
     * When a linear network of L ≥ 3 layers would be infinitely large if nothing held it back, from the start Z: the
     * blow-up time T(Z) of Ẇₗ = (W_L … Wₗ₊₁)ᵀ Σ (Wₗ₋₁ … W₁)ᵀ.
     *
     * <p>This flow is homogeneous of degree L − 1, so T(αZ) = α^−(L−2) T(Z), and so do networks of L layers wait that start
     * with αZ: what holds them back comes only when they are of order one. Integrated (Dormand and Prince, order 8) in
     * the time dτ = |W|^(L−2) dt until T is known to eight digits. Cost: O(L² h³) for each of a few hundred steps.
     *
     * @param correlation Σ = Σ_μ y_μ x_μᵀ, outputs × inputs. Not modified.
     * @param layers W₁, …, W_L of Z, each outputs × inputs of its layer. Not modified.
     * @throws IllegalArgumentException if there are fewer than three layers, or sizes do not fit
     * @throws ArithmeticException if the start does not grow
     */
    public static double blowUpTime(double[][] correlation, double[][]... layers) {
        if (layers.length < 3)
            throw new IllegalArgumentException(layers.length
                    + " layers: expected at least 3; two layers grow exponentially and never blow up");
        int width = Require.matrix("correlation", correlation);
        for (int l = 0; l < layers.length; l++) {
            Require.matrix("layer " + (l + 1), layers[l]);
            Require.shape("layer " + (l + 1), layers[l],
                    l == layers.length - 1 ? correlation.length : layers[l].length, width);
            width = layers[l].length;
        }
        return new Growth(correlation, layers).blowUp();
    }

    private double lacking(int k, double[][] x) {
        double lacking = y[k];
        for (int i = 0; i < x.length; i++)
            for (int j = 0; j < x.length; j++) lacking -= measurements[k][i][j] * x[i][j];
        return lacking;
    }

    /** The column to which u̇ = A(uuᵀ)u leads from the eigenvector of μ₁. */
    private double[] column() {
        int d = dimension();
        double size = Math.sqrt(Arrays.stream(y).map(Math::abs).max().orElseThrow());
        double[] u = Arrays.stream(origin.vector(d - 1)).map(v -> TINY * size * v).toArray();
        double piece = 4 / rate(1);
        var flow = new OrdinaryDifferentialEquation() {
            @Override
            public int getDimension() { return d; }

            @Override
            public double[] computeDerivatives(double t, double[] v) { return speed(v); }
        };
        for (int i = 0; i < PIECES; i++) {
            u = new DormandPrince853Integrator(1e-12 * piece, piece, ERROR * TINY * size, ERROR)
                    .integrate(flow, new ODEState(0, u), piece).getPrimaryState();
            if (norm(speed(u)) < 1e-9 * rate(1) * norm(u)) return u;
        }
        throw new ArithmeticException("the flow of one column has not come to rest at the time "
                + PIECES * piece + ": expected a solution of rank one");
    }

    private double[] speed(double[] u) {
        int d = u.length;
        var speed = new double[d];
        for (int k = 0; k < y.length; k++) {
            var product = new double[d];
            double lacking = y[k];
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) product[i] += measurements[k][i][j] * u[j];
                lacking -= u[i] * product[i];
            }
            for (int i = 0; i < d; i++) speed[i] += lacking / y.length * product[i];
        }
        return speed;
    }

    private static double norm(double[] x) {
        double squares = 0;
        for (double entry : x) squares += entry * entry;
        return Math.sqrt(squares);
    }

    private int index(int k) {
        if (k < 1 || k > dimension())
            throw new IllegalArgumentException("k = " + k + ": expected 1 to " + dimension());
        return dimension() - k;
    }

    /** The weights of all layers, and the time t as last entry, in the time τ. */
    private static final class Growth implements OrdinaryDifferentialEquation {
        private final double[][] correlation;
        private final double[][][] start;
        private final int size;

        Growth(double[][] correlation, double[][][] start) {
            this.correlation = correlation;
            this.start = start;
            int entries = 0;
            for (double[][] layer : start) entries += layer.length * layer[0].length;
            size = entries;
        }

        double blowUp() {
            var state = new double[size + 1];
            int at = 0;
            for (double[][] layer : start)
                for (double[] row : layer) for (double w : row) state[at++] = w;
            double largest = norm(state);
            Require.positive("size of the start", largest);
            for (int i = 0; i < size; i++) state[i] /= largest;
            double[] ascent = computeDerivatives(0, state);
            ascent[size] = 0;
            double scale = norm(ascent);
            if (!(scale > 0))
                throw new ArithmeticException("the start does not move: expected one that grows");
            int power = start.length - 2;
            double before = Double.NaN;
            for (int i = 0; i < PIECES; i++) {
                state = new DormandPrince853Integrator(1e-12 / scale, 1 / scale, 1e-12, 1e-11)
                        .integrate(this, new ODEState(0, state), 1 / scale).getPrimaryState();
                double t = state[size];
                double r = radius(state);
                double[] speed = computeDerivatives(0, state);
                double growth = 0; // of ln r in τ; what is left of t is the sum of a geometric series
                for (int j = 0; j < size; j++) growth += state[j] * speed[j] / (r * r);
                double whole = t + 1 / (power * growth * Math.pow(r, power));
                if (growth > 0 && r > 10 && Math.abs(whole - before) < 1e-8 * whole)
                    return whole / Math.pow(largest, power);
                before = whole;
            }
            throw new ArithmeticException("the start has not grown: expected one that blows up");
        }

        private double radius(double[] state) { return norm(Arrays.copyOf(state, size)); }

        @Override
        public int getDimension() { return size + 1; }

        @Override
        public double[] computeDerivatives(double tau, double[] state) {
            int depth = start.length;
            var layers = new double[depth][][];
            int at = 0;
            for (int l = 0; l < depth; l++) {
                layers[l] = new double[start[l].length][];
                for (int i = 0; i < layers[l].length; i++, at += start[l][0].length)
                    layers[l][i] = Arrays.copyOfRange(state, at, at + start[l][0].length);
            }
            double slow = Math.pow(radius(state), 2 - depth);
            var speed = new double[size + 1];
            at = 0;
            for (int l = 0; l < depth; l++) {
                double[][] move = correlation;
                for (int k = depth - 1; k > l; k--) move = product(layers[k], true, move, false);
                // Behind: move Wₗ₋₁ᵀ … from the right is move (W₁ᵀ W₂ᵀ …), the first layer first.
                for (int k = 0; k < l; k++) move = product(move, false, layers[k], true);
                for (double[] row : move) for (double w : row) speed[at++] = slow * w;
            }
            speed[size] = slow;
            return speed;
        }

        private static double[][] product(double[][] a, boolean transposeA, double[][] b,
                boolean transposeB) {
            int rows = transposeA ? a[0].length : a.length;
            int inner = transposeA ? a.length : a[0].length;
            int columns = transposeB ? b.length : b[0].length;
            var c = new double[rows][columns];
            for (int i = 0; i < rows; i++)
                for (int k = 0; k < inner; k++) {
                    double left = transposeA ? a[k][i] : a[i][k];
                    for (int j = 0; j < columns; j++) c[i][j] += left * (transposeB ? b[j][k] : b[k][j]);
                }
            return c;
        }
    }
}
