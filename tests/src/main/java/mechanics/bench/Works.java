package mechanics.bench;

import static mechanics.network.layers.Layers.dense;
import static mechanics.network.layers.Layers.tanh;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.kernels.KernelMatrix;
import mechanics.linalg.Array;
import mechanics.linalg.Blas;
import mechanics.linalg.Lanczos;
import mechanics.linalg.Precision;
import mechanics.linalg.Spectrum;
import mechanics.measure.TangentKernel;
import mechanics.measure.curvature.Hessian;
import mechanics.network.Activation;
import mechanics.network.Network;
import mechanics.network.layers.Convolution;
import mechanics.network.layers.Flatten;
import mechanics.network.layers.MeanPool;
import mechanics.network.zoo.Mlp;
import mechanics.network.zoo.Transformer;
import mechanics.training.Derivatives;
import mechanics.training.LearningRule;
import mechanics.training.Task;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.CrossEntropy;
import mechanics.training.tasks.SquaredError;

import smile.math.kernel.GaussianKernel;
import smile.regression.GaussianProcessRegression;

/**
 * The works of the benchmark: what is done once is one unit. {@code tests/bench/peer.py} does the same in PyTorch;
 * shapes, precision and tolerances agree with it.
 */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Works {
    /** The size of the square matrices whose product measures the machine's peak. */
    static final int PEAK_SIZE = 2048;

    /** The names of the works, with the matrix products that one unit cannot do without, in 10⁹ operations; 0: not counted. */
    static final Map<String, Double> GIGAFLOP = new LinkedHashMap<>();

    static {
        // Forward, gradient of the weights, and but for the first layer gradient of the inputs: 2 operations for each entry.
        GIGAFLOP.put("A", 2e-9 * 5000 * (2 * 3072 * 200 + 3 * 200 * 200 + 3 * 200 * 10));
        GIGAFLOP.put("B", 2e-9 * 20 * (2 * 2 * 1000 + 3 * 1000));
        GIGAFLOP.put("C", 2e-9 * 32 * (2 * 64 * 256 + 3 * 256 * 256 + 3 * 256 * 10));
        GIGAFLOP.put("convolution", 2e-9 * 64 * (2 * 784 * 9 * 16 + 3 * 196 * 144 * 32 + 3 * 1568 * 10));
        // Two blocks of 12 w² weights, attention scores and averages of 64 × 64 for every sequence and channel, the readout.
        GIGAFLOP.put("transformer",
                2e-9 * 3 * (1024 * (2 * 12 * 64 * 64 + 64 * 96) + 2 * 2 * 16 * 64 * 64 * 64));
        GIGAFLOP.put("gradient", GIGAFLOP.get("A"));
        GIGAFLOP.put("hessian-vector", 2e-9 * 5000 * (2 * 3072 * 200 + 6 * 200 * 200 + 6 * 200 * 10));
        GIGAFLOP.put("top-eigenvalue", 0.0);
        GIGAFLOP.put("tangent-kernel", 2e-9 * 1000 * 1000 * (784 + 200 + 200 + 200 + 200 + 1));
        GIGAFLOP.put("kernel-regression", 0.0);
    }

    /** Whether PyTorch's script does it too. */
    static boolean hasPeer(String work) {
        return !work.equals("gradient");
    }

    /** The method that does a work. */
    static String method(String work) {
        return switch (work) {
            case "A", "B", "C" -> "step" + work;
            case "hessian-vector" -> "hessianVector";
            case "top-eigenvalue" -> "topEigenvalue";
            case "tangent-kernel" -> "tangentKernel";
            case "kernel-regression" -> "kernelRegression";
            default -> work;
        };
    }

    /** A sentence for the table. */
    static String description(String work) {
        return switch (work) {
            case "A" -> "A: full-batch step, MLP 3072-200-200-10 tanh, n = 5,000";
            case "B" -> "B: full-batch step, two-layer ReLU, d = 2, 1,000 neurons, n = 20";
            case "C" -> "C: step, MLP 64-256-256-10 ReLU, batch 32";
            case "convolution" -> "convolutional step, 16 and 32 channels, batch 64 of 28 × 28";
            case "transformer" -> "transformer step, 2 blocks of width 64, 16 × 64 tokens";
            case "gradient" -> "gradient on A";
            case "hessian-vector" -> "Hessian-vector product on A, after its gradient";
            case "top-eigenvalue" -> "largest Hessian eigenvalue to 10⁻³, MLP 784-200-200-10, n = 1,000";
            case "tangent-kernel" -> "tangent kernel of 1,000 inputs, MLP 784-200-200-1";
            case "kernel-regression" -> "kernel regression, n = 4,000, double precision";
            default -> work;
        };
    }

    /** Sets the number of threads, for every state below. */
    @State(Scope.Benchmark)
    public static class Threads {
        /** The number of threads. */
        @Param({"1", "2"})
        public int threads;

        /** Called by JMH. */
        @Setup
        public void set() { Blas.threads(threads); }
    }

    private static Array gaussian(int count) {
        Array array = Precision.FLOAT32.array(count);
        array.fillGaussian(Seed.of(count).stream("bench"), 1);
        return array;
    }

    private static Array oneHot(int rows, int classes) {
        Array array = Precision.FLOAT32.array(rows * classes);
        for (int i = 0; i < rows; i++) array.set(i * classes + i * 7 % classes, 1);
        return array;
    }

    private static Array classes(int rows, int classes) {
        Array array = Precision.FLOAT32.array(rows);
        for (int i = 0; i < rows; i++) array.set(i, i * 7 % classes);
        return array;
    }

    /** Gradient descent on one batch. */
    private static final class Descent {
        private final LearningRule.Stepper stepper;
        private long t;

        Descent(Network network, Task task, Array inputs, Array targets) {
            stepper = GradientDescent.of(1e-4).start(Derivatives.of(network, task, inputs, targets),
                    Seed.of(1));
        }

        double step() { return stepper.step(t++); }
    }

    /** The peak. */
    @State(Scope.Benchmark)
    public static class Peak {
        private final Array a = gaussian(PEAK_SIZE * PEAK_SIZE);
        private final Array b = gaussian(PEAK_SIZE * PEAK_SIZE);
        private final Array c = a.like(PEAK_SIZE * PEAK_SIZE);
    }

    /** The product of two square matrices. */
    @Benchmark
    public double peak(Threads threads, Peak s) {
        s.c.gemm(1, s.a, false, s.b, false, PEAK_SIZE, PEAK_SIZE, PEAK_SIZE, 0);
        return s.c.get(0);
    }

    /** Work A. */
    @State(Scope.Benchmark)
    public static class A {
        private final Descent descent = new Descent(Mlp.of(3072, 200, 200, 10).build(),
                SquaredError.HALF_MEAN, gaussian(5000 * 3072),
                gaussian(5000 * 10));
    }

    /** A full-batch step of a perceptron on large inputs. */
    @Benchmark
    public double stepA(Threads threads, A s) { return s.descent.step(); }

    /** Work B. */
    @State(Scope.Benchmark)
    public static class B {
        private final Descent descent = new Descent(Mlp.of(2, 1000, 1).activation(Activation.RELU).build(),
                SquaredError.HALF_MEAN,
                gaussian(20 * 2), gaussian(20));
    }

    /** A full-batch step of a wide two-layer network on few small inputs. */
    @Benchmark
    public double stepB(Threads threads, B s) { return s.descent.step(); }

    /** Work C. */
    @State(Scope.Benchmark)
    public static class C {
        private final Descent descent = new Descent(
                Mlp.of(64, 256, 256, 10).activation(Activation.RELU).build(), CrossEntropy.MEAN,
                gaussian(32 * 64), classes(32, 10));
    }

    /** A step on a small batch. */
    @Benchmark
    public double stepC(Threads threads, C s) { return s.descent.step(); }

    /** The convolutional network. */
    @State(Scope.Benchmark)
    public static class Images {
        private final Descent descent = new Descent(
                Network.of(Shape.of(28, 28, 1), Convolution.of(16, 3), tanh(), MeanPool.of(2),
                        Convolution.of(32, 3), tanh(),
                        MeanPool.of(2), new Flatten(), dense(10)).build(),
                CrossEntropy.MEAN, gaussian(64 * 784), classes(64, 10));
    }

    /** A step of a convolutional network on a batch of images. */
    @Benchmark
    public double convolution(Threads threads, Images s) { return s.descent.step(); }

    /** The language model. */
    @State(Scope.Benchmark)
    public static class Text {
        private final Descent descent = new Descent(Transformer.of(96, 64, 64, 4, 2).build(),
                CrossEntropy.MEAN, classes(16 * 64, 96),
                classes(16 * 64, 96));

    }

    /** A step of a transformer on a batch of sequences. */
    @Benchmark
    public double transformer(Threads threads, Text s) { return s.descent.step(); }

    /** The loss of work A. */
    @State(Scope.Benchmark)
    public static class LossOfA {
        private final Derivatives loss = Derivatives.of(Mlp.of(3072, 200, 200, 10).build(),
                SquaredError.HALF_MEAN,
                gaussian(5000 * 3072), gaussian(5000 * 10));
        private final Array direction = gaussian(loss.network().parameters().count());
        private final Array product = direction.like(direction.length());
    }

    /** Loss and gradient at new parameters. */
    @Benchmark
    public double gradient(Threads threads, LossOfA s) {
        s.loss.network().parameters().changed();
        return s.loss.gradient().get(0);
    }

    /** A Hessian-vector product where the gradient is known, as in every iteration but the first. */
    @Benchmark
    public double hessianVector(Threads threads, LossOfA s) {
        s.loss.hessianVectorProduct(s.direction, s.product);
        return s.product.get(0);
    }

    /** A smaller loss. */
    @State(Scope.Benchmark)
    public static class Landscape {
        private final Derivatives loss = Derivatives.of(Mlp.of(784, 200, 200, 10).build(),
                SquaredError.HALF_MEAN, gaussian(1000 * 784),
                oneHot(1000, 10));
    }

    /** The largest eigenvalue of the Hessian from a cold start. */
    @Benchmark
    public Spectrum topEigenvalue(Threads threads, Landscape s) {
        s.loss.network().parameters().changed();
        return Lanczos.of(1).withTolerance(1e-3).largest(Hessian.of(s.loss));
    }

    /** A network of one output. */
    @State(Scope.Benchmark)
    public static class Scalar {
        private final TangentKernel kernel = TangentKernel.of(Mlp.of(784, 200, 200, 1).build());
        private final double[][] inputs = rows(1000, 784);
    }

    /** The kernel between all inputs. */
    @Benchmark
    public KernelMatrix tangentKernel(Threads threads, Scalar s) { return s.kernel.output(0, s.inputs); }

    /** Inputs and targets of a regression. */
    @State(Scope.Benchmark)
    public static class Regression {
        private final double[][] inputs = rows(4000, 64);
        private final double[] targets = rows(1, 4000)[0];
    }

    /** Smile's kernel ridge regression with a Gaussian kernel: kernel, Cholesky decomposition, solution. */
    @Benchmark
    public GaussianProcessRegression<double[]> kernelRegression(Threads threads, Regression s) {
        return GaussianProcessRegression.fit(s.inputs, s.targets, new GaussianKernel(8),
                new GaussianProcessRegression.Options(1e-3));
    }

    private static double[][] rows(int n, int d) {
        Array all = gaussian(n * d);
        var rows = new double[n][d];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < d; j++) rows[i][j] = all.get(i * d + j);
        }
        return rows;
    }
}
