package mechanics.guides;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import mechanics.base.Seed;
import mechanics.data.Normalization;
import mechanics.data.Split;
import mechanics.data.Table;
import mechanics.kernels.AnalyticKernel;
import mechanics.kernels.KernelModes;
import mechanics.kernels.KernelRegression;
import mechanics.kernels.KernelSpectrum;
import mechanics.solvable.Eigenframework;

/** The code of the guide to reproducing with your own data. */
class DataGuideTest {
    @TempDir
    Path folder;

    private Path file() throws IOException {
        var random = Seed.of(5).stream("table");
        var text = new StringBuilder("a,b,y\n");
        for (int i = 0; i < 200; i++) {
            double a = random.nextGaussian();
            double b = random.nextGaussian();
            text.append(a).append(',').append(b).append(',').append(Math.sin(a) + 0.5 * b).append('\n');
        }
        return Files.writeString(folder.resolve("my.csv"), text);
    }

    @Test
    void theLearningCurveOfATableOfOnesOwn() throws IOException {
        Path file = file();
        // guide: read
        Table table = Table.read(file, "my table", "y").complete().shuffled(1);
        Normalization scaling = Normalization.standardizing(table.inputs());
        double[][] x = scaling.apply(table.inputs()); // n × d
        double[][] y = Arrays.stream(table.targets()).mapToObj(t -> new double[]{t}).toArray(double[][]::new);
        // end

        // guide: predict
        AnalyticKernel network = AnalyticKernel.relu(2);
        KernelModes modes = KernelModes.of(network.tangent(x), y);
        KernelSpectrum spectrum = KernelSpectrum.of(modes.eigenvalues());
        int n = 40;
        double predicted = Eigenframework.of(spectrum, n).testError(modes.powers(), 0);
        // end

        // guide: measure
        double[][] train = Arrays.copyOf(x, n);
        double[][] f = KernelRegression.of(network.tangent(train))
                .predict(network.tangent(x, train), Arrays.copyOf(y, n));
        double measured = 0;
        for (int i = 0; i < y.length; i++) measured += Math.pow(f[i][0] - y[i][0], 2) / y.length;
        // end
        assertTrue(predicted > 0.2 * measured && predicted < 5 * measured,
                predicted + " against " + measured);
        Split<Table> parts = table.split(150);
        assertEquals(50, parts.test().size());
    }
}
