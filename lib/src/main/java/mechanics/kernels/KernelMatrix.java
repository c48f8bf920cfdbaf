package mechanics.kernels;

import java.util.ArrayList;
import java.util.Objects;

import mechanics.linalg.Array;
import mechanics.linalg.DenseEigen;
import mechanics.linalg.Precision;
import mechanics.linalg.Spectrum;
import mechanics.linalg.SymmetricOperator;

/**
 * The values of a kernel between two sets of samples, K_ij = k(xᵢ, x′ⱼ).
 *
 * @param values the entries, row by row
 * @param rows the number of samples x
 * @param columns the number of samples x′
 */
public record KernelMatrix(Array values, int rows, int columns) {
    /** Checks the sizes. */
    public KernelMatrix {
        if (rows <= 0 || columns <= 0 || (long) rows * columns != values.length()) {
            throw new IllegalArgumentException("rows × columns = " + rows + " × " + columns
                    + ": expected positive numbers whose product is " + values.length());
        }
    }

    /**
     * The matrix with the given rows, in double precision.
     *
     * @param rows n × m
     */
    public static KernelMatrix of(double[][] rows) {
        if (rows.length == 0 || rows[0].length == 0) {
            throw new IllegalArgumentException("rows = []: expected at least one entry");
        }
        return new KernelMatrix(Precision.FLOAT64.array(rows), rows.length, rows[0].length);
    }

    /**
     * The kernel with given features and eigenvalues, K = Φ diag(λ) Φᵀ. Cost: O(n² m).
     *
     * @param features Φ, n × m, rows are samples. Not modified.
     * @param eigenvalues λ, length m. Not modified.
     */
    public static KernelMatrix ofFeatures(double[][] features, double... eigenvalues) {
        int n = features.length;
        int m = eigenvalues.length;
        var scaled = new double[n][m];
        for (int i = 0; i < n; i++) {
            if (features[i].length != m) {
                throw new IllegalArgumentException(
                        "features has a row of " + features[i].length + ": expected " + m
                                + ", one for each eigenvalue");
            }
            for (int j = 0; j < m; j++) scaled[i][j] = eigenvalues[j] * features[i][j];
        }
        Array values = Precision.FLOAT64.array(Math.multiplyExact(n, n));
        values.gemm(1, Precision.FLOAT64.array(scaled), false, Precision.FLOAT64.array(features), true, n, n,
                m, 0);
        for (int i = 0; i < n; i++) {
            // Exactly symmetric, whatever the order of summation.
            for (int j = 0; j < i; j++) values.set(j * n + i, values.get(i * n + j));
        }
        return new KernelMatrix(values, n, n);
    }

    /**
     * The entry for sample i of the rows and sample j of the columns.
     *
     * @param i the row
     * @param j the column
     */
    public double get(int i, int j) { return values.get(i * columns + j); }

    /** The entries as rows. */
    public double[][] toRows() { return values.toRows(columns); }

    /**
     * The block of some samples: entry (i, j) is this one's entry (rowsKept[i], columnsKept[j]). Not modified.
     *
     * @param rowsKept numbers of rows, in any order, at least one
     * @param columnsKept numbers of columns, in any order, at least one
     */
    public KernelMatrix block(int[] rowsKept, int[] columnsKept) {
        Array block = values.like(Math.multiplyExact(rowsKept.length, columnsKept.length));
        for (int i = 0; i < rowsKept.length; i++) {
            int row = Objects.checkIndex(rowsKept[i], rows) * columns;
            for (int j = 0; j < columnsKept.length; j++) {
                block.set(i * columnsKept.length + j,
                        values.get(row + Objects.checkIndex(columnsKept[j], columns)));
            }
        }
        return new KernelMatrix(block, rowsKept.length, columnsKept.length);
    }

    /** The sum of the diagonal of a square matrix. */
    public double trace() {
        checkSquare();
        double trace = 0;
        for (int i = 0; i < rows; i++) trace += get(i, i);
        return trace;
    }

    /** The Frobenius norm √Σ K_ij². */
    public double norm() { return values.norm(); }

    /**
     * Σ K_ij K′_ij, the Frobenius inner product with a matrix of the same size.
     *
     * @param other n × m, of the same size
     */
    public double dot(KernelMatrix other) {
        if (other.rows != rows || other.columns != columns) {
            throw new IllegalArgumentException(
                    "matrix of " + other.rows + " × " + other.columns + ": expected "
                            + rows + " × " + columns);
        }
        return values.dot(other.values);
    }

    /**
     * α K. Not modified.
     *
     * @param alpha α
     */
    public KernelMatrix times(double alpha) {
        var scaled = values.copy();
        scaled.scale(alpha);
        return new KernelMatrix(scaled, rows, columns);
    }

    /** The same matrix in double precision. Not modified. */
    public KernelMatrix inDoubles() {
        if (values.precision() == Precision.FLOAT64) return this;
        Array wide = Precision.FLOAT64.array(values.length());
        wide.copy(values);
        return new KernelMatrix(wide, rows, columns);
    }

    /**
     * H K H with H = I − 1 1ᵀ/n: the kernel of the features less their mean over the samples. Not modified. In
     * double precision.
     */
    public KernelMatrix centered() {
        checkSquare();
        double[][] k = toRows();
        int n = rows;
        var rowMean = new double[n];
        var columnMean = new double[n];
        double mean = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                rowMean[i] += k[i][j] / n;
                columnMean[j] += k[i][j] / n;
            }
        }
        for (double m : rowMean) mean += m / n;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) k[i][j] += mean - rowMean[i] - columnMean[j];
        }
        return of(k);
    }

    /** The eigenvalues of a symmetric matrix, falling. Cost: O(n³). */
    public double[] eigenvalues() {
        checkSymmetric();
        double[] rising = DenseEigen.values(toRows());
        var falling = new double[rows];
        for (int i = 0; i < rows; i++) falling[i] = rising[rows - 1 - i];
        return falling;
    }

    /** All eigenpairs of a symmetric matrix, in double precision. Cost: O(n³). */
    public Spectrum spectrum() {
        checkSymmetric();
        var eigen = DenseEigen.of(toRows(), rows);
        var pairs = new ArrayList<Spectrum.Eigenpair>(rows);
        for (int i = rows - 1; i >= 0; i--) {
            pairs.add(new Spectrum.Eigenpair(eigen.value(i), Precision.FLOAT64.array(eigen.vector(i)), 0));
        }
        return new Spectrum(pairs, 0, true);
    }

    /** The map v ↦ K v of a symmetric matrix. Cost of a product: n² multiply–adds. */
    public SymmetricOperator operator() {
        checkSquare();
        return SymmetricOperator.of(values, rows);
    }

    private void checkSquare() {
        if (rows != columns) {
            throw new IllegalArgumentException(
                    "matrix of " + rows + " × " + columns + ": expected a square one");
        }
    }

    private void checkSymmetric() {
        checkSquare();
        SymmetricOperator.requireSymmetric(values, rows);
    }
}
