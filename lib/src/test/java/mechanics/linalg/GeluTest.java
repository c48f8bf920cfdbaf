package mechanics.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** GELU in single precision against its formula in double precision. */
class GeluTest {
    @Test
    void valueAndSlopeAreExactToSinglePrecision() {
        int n = 40_003;
        var z = new float[n];
        for (int i = 0; i < n; i++) z[i] = (i - n / 2) / 2000f;
        var y = new float[n + 1];
        var slope = new float[n + 2];
        Elementary.gelu(z, 0, y, 1, slope, 2, n);
        var x = new double[n];
        for (int i = 0; i < n; i++) x[i] = z[i] * Math.sqrt(0.5);
        var erf = new double[n];
        Elementary.erf(x, 0, erf, 0, n);
        for (int i = 0; i < n; i++) {
            double phi = 0.5 + 0.5 * erf[i];
            double density = Math.exp(-0.5 * z[i] * z[i]) / Math.sqrt(2 * Math.PI);
            double expected = z[i] * phi;
            assertEquals(expected, y[i + 1], 2e-7 + 4e-7 * Math.abs(expected));
            assertEquals(phi + z[i] * density, slope[i + 2], 4e-7);
        }
    }

    @Test
    void extremesAndNotANumberKeepTheirMeaning() {
        float[] z = {0, -0f, 50, -50, 1e30f, -1e30f, Float.NaN, Float.POSITIVE_INFINITY};
        var y = new float[8];
        var slope = new float[8];
        Elementary.gelu(z, 0, y, 0, slope, 0, 8);
        assertEquals(0, y[0], 0);
        assertEquals(0.5, slope[0], 1e-7);
        assertEquals(50, y[2]);
        assertEquals(0, y[3], 0);
        assertEquals(1e30f, y[4]);
        assertEquals(0, y[5], 0);
        assertEquals(0, slope[5], 0);
        assertTrue(Float.isNaN(y[6]));
        assertEquals(Float.POSITIVE_INFINITY, y[7]);
    }
}
