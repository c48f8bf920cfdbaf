package mechanics.learners;

import smile.math.kernel.MercerKernel;
import smile.linalg.UPLO;
import smile.tensor.DenseMatrix;

import mechanics.kernels.AnalyticKernel;
import mechanics.kernels.KernelMatrix;

/** A kernel of infinitely wide networks as Smile's kernels are, with nothing to tune. */
@SuppressWarnings("serial") // Described by two plain values; nobody stores it.
record NetworkKernel(AnalyticKernel kernel, boolean tangent) implements MercerKernel<double[]> {
    private KernelMatrix matrix(double[][] x, double[][] y) {
        return tangent ? kernel.tangent(x, y) : kernel.gaussianProcess(x, y);
    }

    @Override
    public double k(double[] x, double[] y) { return matrix(new double[][]{x}, new double[][]{y}).get(0, 0); }

    /** The kernel, and no derivative: there is no hyperparameter. */
    @Override
    public double[] kg(double[] x, double[] y) { return new double[]{k(x, y)}; }

    @Override
    public DenseMatrix K(double[][] x) {
        return DenseMatrix.of((tangent ? kernel.tangent(x) : kernel.gaussianProcess(x)).toRows())
                .withUplo(UPLO.LOWER);
    }

    @Override
    public DenseMatrix K(double[][] x, double[][] y) { return DenseMatrix.of(matrix(x, y).toRows()); }

    @Override
    public MercerKernel<double[]> of(double[] hyperparameters) {
        if (hyperparameters.length != 0) {
            throw new IllegalArgumentException(
                    "hyperparameters of " + hyperparameters.length + " numbers: expected none");
        }
        return this;
    }

    @Override
    public double[] hyperparameters() { return new double[0]; }

    @Override
    public double[] lo() { return new double[0]; }

    @Override
    public double[] hi() { return new double[0]; }
}
