package mechanics.physics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import mechanics.data.Circle;
import mechanics.data.GaussianInputs;
import mechanics.kernels.FourierModes;
import mechanics.linalg.Precision;
import mechanics.measure.TangentKernel;
import mechanics.network.Activation;
import mechanics.network.Parameterization;
import mechanics.network.zoo.Mlp;
import mechanics.statistics.PowerLawFit;
import mechanics.training.Run;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;

/** What notebook 7.0 predicts of networks beside their twins in physics, in other settings than the notebook's. */
class TwinsTest {

    /** √(3/n), whatever the number of inputs; four standard errors of a variance with the kurtosis of the sample. */
    @ParameterizedTest
    @CsvSource({"3, 8, 1", "40, 30, 2"})
    void theKernelOfRandomNeuronsFluctuatesLikeASumOfIndependentParts(int inputs, int width, long first) {
        int networks = 1000;
        double[][] x = {new double[inputs]};
        Arrays.fill(x[0], 1);
        double mean = 0, squares = 0, fourths = 0;
        for (int i = 0; i < networks; i++) {
            var network = Mlp.of(inputs, width, 1).activation(Activation.RELU).bias(false)
                    .parameterization(Parameterization.neuralTangent()).precision(Precision.FLOAT64)
                    .seed(7919 * first + i).build();
            double off = TangentKernel.of(network).summed(x).get(0, 0) - 1;
            mean += off / networks;
            squares += off * off / networks;
            fourths += Math.pow(off, 4) / networks;
        }
        assertEquals(0, mean, 4 * Math.sqrt(squares / networks));
        assertEquals(3.0 / width, squares, 4 * Math.sqrt((fourths - squares * squares) / networks));
    }

    /** α = σ^L/c and ε = ηc^(2−2/L) decide the curve for every depth. */
    @ParameterizedTest
    @CsvSource({"2, 30", "3, 0.01", "4, 5"})
    void reluNetworksOfTheSameGroupsLearnAlikeAndOthersDoNot(int layers, double c) {
        double[] unit = curve(layers, 1, 1, 0.05);
        double start = Math.pow(c, 1.0 / layers);
        double[] scaled = curve(layers, c, start, 0.05 / Math.pow(c, 2 - 2.0 / layers));
        double[] wrong = curve(layers, c, start, 0.05 / Math.pow(c, 2 - 1.0 / layers));
        for (int t = 0; t < unit.length; t++) assertEquals(1, scaled[t] / unit[t], 1e-11);
        int last = unit.length - 1;
        assertTrue(!(Math.abs(wrong[last] / unit[last] - 1) < 0.01),
                "another exponent of c is another curve");
    }

    /** Loss divided by c² along 40 steps. */
    private static double[] curve(int layers, double c, double start, double rate) {
        double[][] x = GaussianInputs.isotropic(6).sample(20, 4);
        var y = new double[20][1];
        for (int i = 0; i < 20; i++) y[i][0] = c * Math.signum(x[i][0] * x[i][1]);
        int[] widths = new int[layers + 1];
        Arrays.fill(widths, 10);
        widths[0] = 6;
        widths[layers] = 1;
        var network = Mlp.of(widths).activation(Activation.RELU).bias(false).seed(11).initialScale(start)
                .precision(Precision.FLOAT64).build();
        double[] losses = Run.of(network, SquaredError.HALF_MEAN, x, y, GradientDescent.of(rate)).steps(40)
                .train().series("loss").values();
        return Arrays.stream(losses).map(loss -> loss / c / c).toArray();
    }

    /** The kink decides the exponent, its height squared the factor in front. */
    @ParameterizedTest
    @CsvSource({"0, 21", "0.5, 22", "-1, 23"})
    void kinkedActivationsShareTheExponentOfTheTangentKernel(double leak, long seed) {
        double[] relu = spectrum(Activation.RELU, seed);
        double[] leaky = spectrum(Activation.leakyRelu(leak), seed);
        for (int k = 8; k <= 32; k++) assertEquals(Math.pow(1 - leak, 2), leaky[k] / relu[k], 1e-8);
        double[] k = new double[25];
        Arrays.setAll(k, i -> 8 + i);
        double exponent = PowerLawFit.of(k, Arrays.copyOfRange(leaky, 8, 33)).exponent();
        assertEquals(-2, exponent, Math.sqrt(3.0 / 1024));
    }

    private static double[] spectrum(Activation activation, long seed) {
        var network = Mlp.of(2, 1024, 1).activation(activation).bias(true).seed(seed)
                .parameterization(Parameterization.neuralTangent().weightScale(Math.sqrt(2)).biasScale(0.5))
                .precision(Precision.FLOAT64).build();
        return new FourierModes(256).strengths(TangentKernel.of(network).summed(new Circle(256).all()));
    }
}
