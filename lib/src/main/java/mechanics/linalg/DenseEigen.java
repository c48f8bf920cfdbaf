package mechanics.linalg;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

import smile.linalg.UPLO;
import smile.tensor.DenseMatrix;
import smile.tensor.ScalarType;

/**
 * All eigenvalues of a small symmetric matrix, rising, and their eigenvectors: LAPACK through Smile. Cost: O(n³).
 */
public final class DenseEigen {
    private final double[] values;
    /** Row j is the eigenvector of value j. */
    private final double[][] vectors;

    private DenseEigen(double[] values, double[][] vectors) {
        this.values = values;
        this.vectors = vectors;
    }

    /** The eigenpairs of the leading n × n block of a symmetric matrix, of which the lower half is read. */
    public static DenseEigen of(double[][] matrix, int n) {
        var eigen = square(matrix, n).eigen(false, true);
        double[] values = eigen.wr().toArray(new double[n]);
        // Row j of the transpose is eigenvector j.
        var columns = eigen.Vr();
        int[] order = IntStream.range(0, n).boxed().sorted(Comparator.comparingDouble(j -> values[j]))
                .mapToInt(Integer::intValue).toArray();
        var sorted = new double[n];
        var vectors = new double[n][n];
        for (int j = 0; j < n; j++) {
            sorted[j] = values[order[j]];
            for (int i = 0; i < n; i++) vectors[j][i] = columns.get(i, order[j]);
        }
        return new DenseEigen(sorted, vectors);
    }

    /** The eigenvalues alone, rising: about a fourth of the cost. */
    public static double[] values(double[][] matrix) {
        int n = matrix.length;
        double[] values = square(matrix, n).eigen(false, false).wr().toArray(new double[n]);
        Arrays.sort(values);
        return values;
    }

    public double value(int index) { return values[index]; }

    public double[] vector(int index) { return vectors[index]; }

    public int count() { return values.length; }

    private static DenseMatrix square(double[][] matrix, int n) {
        var square = DenseMatrix.zeros(ScalarType.Float64, n, n);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                square.set(i, j, matrix[i][j]);
                square.set(j, i, matrix[i][j]);
            }
        }
        return square.withUplo(UPLO.LOWER);
    }
}
