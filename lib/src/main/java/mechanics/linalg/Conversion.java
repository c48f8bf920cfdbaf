package mechanics.linalg;

/** Copies between Java arrays of single and double precision. Modified: y. */
final class Conversion {
    private Conversion() {}

    static void copy(double[] x, int from, double[] y, int to, int n) { System.arraycopy(x, from, y, to, n); }

    static void copy(float[] x, int from, float[] y, int to, int n) { System.arraycopy(x, from, y, to, n); }

    static void copy(double[] x, int from, float[] y, int to, int n) {
        for (int i = 0; i < n; i++) y[to + i] = (float) x[from + i];
    }

    static void copy(float[] x, int from, double[] y, int to, int n) {
        for (int i = 0; i < n; i++) y[to + i] = x[from + i];
    }
}
