package mechanics.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;

import org.junit.jupiter.api.Test;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

class LanesTest {
    /** Enough for the compiler to replace the interpreter. */
    private static final int OFTEN = 100_000;

    @Test
    void sumsFloatsInOneOrderBeforeAndAfterTheyAreCompiled() {
        int n = FloatVector.SPECIES_PREFERRED.length();
        float[] x = new float[n];
        var random = new SplittableRandom(1);
        for (int i = 0; i < n; i++)
            x[i] = (float) (random.nextGaussian() * Math.pow(10, 3 * random.nextGaussian()));
        float[] tree = x.clone();
        for (int half = n / 2; half >= 1; half /= 2) {
            for (int i = 0; i < half; i++) tree[i] += tree[i + half];
        }
        int different = 0;
        for (int k = 0; k < OFTEN; k++) {
            if (FloatLanes.sum(FloatVector.fromArray(FloatVector.SPECIES_PREFERRED, x, 0)) != tree[0])
                different++;
        }
        assertEquals(0, different);
    }

    @Test
    void sumsDoublesInOneOrderBeforeAndAfterTheyAreCompiled() {
        int n = DoubleVector.SPECIES_PREFERRED.length();
        double[] x = new double[n];
        var random = new SplittableRandom(2);
        for (int i = 0; i < n; i++) x[i] = random.nextGaussian() * Math.pow(10, 3 * random.nextGaussian());
        double[] tree = x.clone();
        for (int half = n / 2; half >= 1; half /= 2) {
            for (int i = 0; i < half; i++) tree[i] += tree[i + half];
        }
        int different = 0;
        for (int k = 0; k < OFTEN; k++) {
            if (DoubleLanes.sum(DoubleVector.fromArray(DoubleVector.SPECIES_PREFERRED, x, 0)) != tree[0])
                different++;
        }
        assertEquals(0, different);
    }

    @Test
    void softmaxAndScalarProductsGiveTheSameBitsBeforeAndAfterTheyAreCompiled() {
        int n = 1000;
        int width = 25;
        var random = new SplittableRandom(3);
        for (Precision precision : Precision.values()) {
            Array x = precision.array(n);
            for (int i = 0; i < n; i++) x.set(i, random.nextGaussian());
            Array first = x.copy();
            first.softmaxRows(x, width);
            double product = x.dot(first);
            for (int k = 0; k < OFTEN / 20; k++) {
                Array again = x.copy();
                again.softmaxRows(x, width);
                assertEquals(product, x.dot(again));
                for (int i = 0; i < n; i++) assertEquals(first.get(i), again.get(i));
            }
        }
    }
}
