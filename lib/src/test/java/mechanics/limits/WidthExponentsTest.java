package mechanics.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import mechanics.data.Samples;
import mechanics.data.Sphere;
import mechanics.data.Teacher;
import mechanics.measure.Movement;
import mechanics.measure.TangentKernel;
import mechanics.network.Activation;
import mechanics.network.Network;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Mlp;
import mechanics.representations.Representation;
import mechanics.statistics.PowerLawFit;
import mechanics.training.Run;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

class WidthExponentsTest {

    @Test
    void areThoseOfTheTwoParameterizations() {
        assertEquals(-0.5, WidthExponents.NEURAL_TANGENT.preactivation());
        assertEquals(-1, WidthExponents.NEURAL_TANGENT.smoothKernel());
        assertEquals(-0.75, WidthExponents.NEURAL_TANGENT.kinkedKernel());
        assertEquals(0, WidthExponents.MAXIMAL_UPDATE.preactivation());
        assertEquals(0, WidthExponents.MAXIMAL_UPDATE.smoothKernel());
        assertEquals(0, WidthExponents.MAXIMAL_UPDATE.kinkedKernel());
    }

    @Test
    void kinksNeverSlowTheKernelDown() {
        for (double s = 0; s <= 0.5; s += 0.05) {
            var exponents = new WidthExponents(s);
            assertTrue(exponents.kinkedKernel() >= exponents.smoothKernel());
        }
    }

    @Test
    void theCorrectionIsTheSlopeOfANextOrder() {
        double narrow = 50;
        double wide = 800;
        double slope = Math.log((1 / wide) * Math.exp(1 / Math.sqrt(wide))
                / ((1 / narrow) * Math.exp(1 / Math.sqrt(narrow)))) / Math.log(wide / narrow);
        assertEquals(-1 - WidthExponents.correction(narrow, wide), slope, 1e-12);
    }

    /** The notebook's law with another activation, dimension, depth, target and rate. */
    @ParameterizedTest
    @CsvSource({"0", "0.5"})
    void holdForATanhNetworkOfAnotherShape(double s) {
        Samples data = Teacher.of(new Sphere(5, Math.sqrt(5)), x -> Math.cos(x[0] + x[1])).sample(10, 77);
        double[] widths = {32, 64, 128, 256};
        double[] hidden = new double[widths.length];
        double[] kernel = new double[widths.length];
        for (int k = 0; k < widths.length; k++) {
            int n = (int) widths[k];
            double[][] moved = LongStream.range(100, 112).mapToObj(seed -> move(n, s, seed, data))
                    .toArray(double[][]::new);
            hidden[k] = Math.exp(DoubleStream.of(column(moved, 0)).average().orElseThrow());
            kernel[k] = Math.exp(DoubleStream.of(column(moved, 1)).average().orElseThrow());
        }
        var exponents = new WidthExponents(s);
        assertEquals(exponents.preactivation(), PowerLawFit.of(widths, hidden).exponent(), 0.12);
        assertEquals(exponents.smoothKernel(), PowerLawFit.of(widths, kernel).exponent(), 0.25);
    }

    private static double[] column(double[][] rows, int j) {
        return java.util.Arrays.stream(rows).mapToDouble(row -> row[j]).toArray();
    }

    /** ln of the relative movement of the last hidden layer and of the kernel. */
    private static double[] move(int n, double s, long seed, Samples data) {
        double alpha = Math.pow(n / 32.0, -s);
        Network network = Mlp.of(5, n, n, n, 1).activation(Activation.TANH).bias(false)
                .parameterization(Parameterization.neuralTangent()).outputMultiplier(alpha).seed(seed)
                .build();
        var kernel = TangentKernel.of(network).summed(data.inputs());
        var hidden = Representation.layers(network, data.inputs()).get(4);
        Run.of(network, SquaredError.HALF_SUM, data.inputs(), data.targets(),
                GradientDescent.of(0.7 / kernel.eigenvalues()[0])).steps(20).train();
        return new double[]{
                Math.log(Movement.relative(Representation.layers(network, data.inputs()).get(4).values(),
                        hidden.values())),
                Math.log(Movement.relative(TangentKernel.of(network).summed(data.inputs()).values(),
                        kernel.values()))};
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 0.6, Double.NaN})
    void refusesOtherPowers(double bad) {
        assertThrows(IllegalArgumentException.class, () -> new WidthExponents(bad));
    }

    @Test
    void refusesWidthsOutOfOrder() {
        assertThrows(IllegalArgumentException.class, () -> WidthExponents.correction(64, 64));
        assertThrows(IllegalArgumentException.class, () -> WidthExponents.correction(0, 64));
    }
}
