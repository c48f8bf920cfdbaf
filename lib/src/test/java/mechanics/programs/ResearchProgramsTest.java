package mechanics.programs;

import static mechanics.training.MeasurementSchedule.every;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import mechanics.base.Permutation;
import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.kernels.KernelModes;
import mechanics.kernels.KernelRegression;
import mechanics.kernels.KernelSpectrum;
import mechanics.lab.sweeps.Sweep;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.measure.TangentKernel;
import mechanics.measure.curvature.Sharpness;
import mechanics.network.Activation;
import mechanics.network.Binding;
import mechanics.network.Layer;
import mechanics.network.Network;
import mechanics.network.Node;
import mechanics.network.Pass;
import mechanics.network.Tensor;
import mechanics.network.layers.Dense;
import mechanics.network.zoo.Cnn;
import mechanics.network.zoo.Mlp;
import mechanics.plot.Figure;
import mechanics.solvable.Eigenframework;
import mechanics.training.Derivatives;
import mechanics.training.LearningRule;
import mechanics.training.Run;
import mechanics.training.rules.GradientDescent;
import mechanics.training.rules.Lion;
import mechanics.training.rules.Muon;
import mechanics.training.tasks.SquaredError;

/** Programs that a researcher writes against the library, from data to the answer. */
class ResearchProgramsTest {
    @TempDir
    private Path folder;

    private static double[][] normal(int rows, int columns, long seed) {
        Array all = Precision.FLOAT64.array(rows * columns);
        all.fillGaussian(Seed.of(seed).stream("rows"), 1);
        return all.toRows(columns);
    }

    @Test
    void sgdAndSharpnessPlotted() {
        double[][] x = normal(50, 4, 1);
        double[][] y = normal(50, 1, 2);
        var run = Run
                .of(Mlp.of(4, 16, 1).build(), SquaredError.MEAN, x, y, GradientDescent.of(0.05).batch(10))
                .observe("sharpness", every(20), Sharpness.observable()).steps(100).train();
        var sharpness = run.series("sharpness");
        var figure = Figure.of("Sharpness").x("step").y("sharpness")
                .measured("SGD", sharpness.x(), sharpness.values());
        assertArrayEquals(new double[]{0, 20, 40, 60, 80, 100}, sharpness.x());
        assertEquals("Sharpness", figure.title());
    }

    @Test
    void tangentKernelOfACnnAndItsEigenframework() {
        // Ridge regression on 40 samples of a pool, which stands for the distribution, against theory from its modes.
        int pool = 400;
        int n = 40;
        var network = Cnn.of(Shape.of(6, 6, 1), 1, 8, 8).precision(Precision.FLOAT64).seed(1).build();
        double[][] x = normal(pool, 36, 3);
        double[][] y = new double[pool][1];
        for (int i = 0; i < pool; i++) y[i][0] = x[i][0] + x[i][7] * 0.5 + 0.3 * x[i][20];
        var kernel = TangentKernel.of(network).summed(x);
        double ridge = kernel.trace() / pool / 10;
        var modes = KernelModes.of(kernel, y);
        double expected = Eigenframework.of(KernelSpectrum.of(modes.eigenvalues()), n, ridge)
                .testError(modes.powers(), 0);
        double measured = 0;
        for (int draw = 0; draw < 20; draw++) {
            int[] order = Permutation.of(pool, Seed.of(draw).stream("samples"));
            int[] train = IntStream.range(0, n).map(i -> order[i]).toArray();
            int[] all = IntStream.range(0, pool).toArray();
            double[][] targets = IntStream.of(train).mapToObj(i -> y[i]).toArray(double[][]::new);
            double[][] found = KernelRegression.of(kernel.block(train, train), ridge)
                    .predict(kernel.block(all, train), targets);
            for (int i = 0; i < pool; i++) measured += Math.pow(found[i][0] - y[i][0], 2) / pool / 20;
        }
        assertEquals(1, measured / expected, 0.2, measured + " against " + expected);
    }

    private static final Activation MISH = Activation.of("mish",
            z -> z * Math.tanh(softplus(z)),
            z -> {
                double t = Math.tanh(softplus(z));
                return t + z * (1 - t * t) * sigmoid(z);
            },
            z -> {
                double t = Math.tanh(softplus(z));
                double s = sigmoid(z);
                double sech = 1 - t * t;
                return sech * (2 * s + z * (s * (1 - s) - 2 * t * s * s));
            });

    private static double softplus(double z) { return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))); }

    private static double sigmoid(double z) { return 1 / (1 + Math.exp(-z)); }

    /** Gated linear unit: the first half of the inputs times φ of the second. */
    private record Gate(Activation activation) implements Layer {
        @Override
        public Shape outputShape(Shape input) { return Shape.of(input.count() / 2); }

        @Override
        public Node bind(Binding binding) {
            Tensor x = binding.input();
            return new Gated(activation, x, binding.tensor(Shape.of(x.shape().count() / 2)));
        }
    }

    private record Gated(Activation activation, Tensor x, Tensor output) implements Node.WithoutParameters {
        @Override
        public void forward(Pass pass) {
            output.markWritten(pass);
            int half = output.columns();
            for (int i = 0; i < output.length(); i++) {
                int a = i / half * 2 * half + i % half;
                int b = a + half;
                double gate = x.value().get(b);
                double phi = activation.value(gate);
                output.array(pass).set(i, pass == Pass.VALUE
                        ? x.value().get(a) * phi
                        : x.tangent().get(a) * phi
                                + x.value().get(a) * activation.slope(gate) * x.tangent().get(b));
            }
        }

        @Override
        public void backward(Pass pass) {
            Tensor dx = x.adjoint();
            if (dx.isConstant()) return;
            double beta = dx.markAdded(pass);
            Array to = dx.array(pass);
            if (beta == 0) to.fill(0);
            int half = output.columns();
            for (int i = 0; i < output.length(); i++) {
                int at = i / half * 2 * half + i % half;
                double a = x.value().get(at);
                double b = x.value().get(at + half);
                double phi = activation.value(b);
                double slope = activation.slope(b);
                double d = output.adjoint().value().get(i);
                if (pass == Pass.VALUE) {
                    to.set(at, to.get(at) + d * phi);
                    to.set(at + half, to.get(at + half) + d * a * slope);
                } else {
                    double da = x.tangent().get(at);
                    double db = x.tangent().get(at + half);
                    double dd = output.adjoint().tangent().get(i);
                    to.set(at, to.get(at) + dd * phi + d * slope * db);
                    to.set(at + half, to.get(at + half) + dd * a * slope
                            + d * (da * slope + a * activation.curvature(b) * db));
                }
            }
        }
    }

    private static Derivatives gated(Activation activation) {
        var network = Network.of(Shape.of(3), Dense.of(8), new Gate(activation), Dense.of(2))
                .precision(Precision.FLOAT64).seed(4).build();
        return Derivatives.of(network, SquaredError.HALF_MEAN, normal(6, 3, 1), normal(6, 2, 2));
    }

    /** The largest error of H v against central differences of the gradient, relative to the largest number. */
    private static double hessianError(Derivatives loss) {
        var parameters = loss.network().parameters();
        Array theta = parameters.array().copy();
        Array v = theta.like(theta.length());
        v.fillGaussian(Seed.of(5).stream("direction"), 1);
        Array difference = v.like(v.length());
        double h = 1e-5;
        for (int sign : new int[]{1, -1}) {
            Array moved = theta.copy();
            moved.add(sign * h, v);
            parameters.set(moved);
            difference.add(sign / (2 * h), loss.gradient());
        }
        parameters.set(theta);
        Array product = v.like(v.length());
        loss.hessianVectorProduct(v, product);
        product.add(-1, difference);
        return product.largest() / difference.largest();
    }

    @Test
    void aGatedLayerWithMishHasExactSecondDerivatives() {
        assertTrue(hessianError(gated(MISH)) < 1e-7, "error " + hessianError(gated(MISH)));
        var wrong = Activation.of("wrong", MISH::value, MISH::slope, z -> 0.5 * MISH.curvature(z));
        assertTrue(hessianError(gated(wrong)) > 1e-3);
    }

    static List<LearningRule> rules() { return List.of(Lion.of(0.002).batch(5), Muon.of(0.02).batch(5)); }

    @Test
    void lionAndMuonTrainAndGoOnFromAFile() {
        for (LearningRule rule : rules()) {
            Path file = folder.resolve(rule.getClass().getSimpleName() + ".json");
            var whole = run(rule).train();
            run(rule).train(r -> {
                if (r.step() == 17) r.save(file);
            });
            var loaded = run(rule).load(file).train();
            assertEquals(60, loaded.step());
            assertArrayEquals(whole.network().parameters().array().toDoubles(),
                    loaded.network().parameters().array().toDoubles());
            double[] losses = whole.series("loss").values();
            assertTrue(whole.derivatives().loss() < losses[0], rule.toString());
            var refused = run(rule).observe("sharpness", every(10), Sharpness.observable().preconditioned());
            assertThrows(UnsupportedOperationException.class, refused::train);
        }
    }

    private static Run run(LearningRule rule) {
        var network = Mlp.of(4, 12, 12, 2).seed(3).build();
        return Run.of(network, SquaredError.MEAN, normal(20, 4, 1), normal(20, 2, 2), rule).seed(8).steps(60);
    }

    @Test
    void aSweepGoesOnWhereItWasInterrupted() {
        var rates = List.of(0.01, 0.05, 0.1);
        var trained = new AtomicInteger();
        var sweep = Sweep.of("rates", rates).threads(1).keptIn(folder, "1", Double.class);
        assertThrows(RuntimeException.class, () -> sweep.run((rate, seed) -> {
            if (rate > 0.07) throw new IllegalStateException("power cut");
            trained.incrementAndGet();
            return loss(rate);
        }));
        assertEquals(2, trained.get());
        List<Double> losses = sweep.run((rate, seed) -> {
            trained.incrementAndGet();
            return loss(rate);
        });
        assertEquals(3, trained.get());
        assertEquals(rates.stream().map(ResearchProgramsTest::loss).toList(), losses);
    }

    private static double loss(double rate) {
        return run(GradientDescent.of(rate)).train().derivatives().loss();
    }
}
