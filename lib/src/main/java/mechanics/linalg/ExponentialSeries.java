package mechanics.linalg;

/**
 * How eˣ = 2ᵏ eʳ is computed in one precision: with whole k and |r| ≤ ½ ln 2, r = x − k ln 2, and the power series of
 * eʳ − 1.
 *
 * @param ln2High the leading bits of ln 2, so few that their product with k is exact
 * @param ln2Low the rest of ln 2
 * @param lowest where eˣ begins to count as zero
 * @param highest the largest x whose eˣ is finite
 * @param flat where tanh x has become 1
 * @param degree the last power of r
 */
record ExponentialSeries(double ln2High, double ln2Low, double lowest, double highest, double flat,
        int degree) {
    /** ln 2 to 12 bits, and the rest. */
    static final ExponentialSeries FLOAT32 = new ExponentialSeries(0x1.62ep-1, Math.log(2) - 0x1.62ep-1,
            -86.9f,
            88.72283f, 10, 7);
    /** ln 2 to 32 bits, and the next 53. */
    static final ExponentialSeries FLOAT64 = new ExponentialSeries(0x1.62e42fee00000p-1,
            0x1.a39ef35793c76p-33, -708,
            709.782712893384, 20, 13);

    /** The coefficients 1 / j! of rʲ, by j. */
    double[] coefficients() {
        var coefficients = new double[degree + 1];
        double factorial = 1;
        for (int j = 0; j <= degree; j++) {
            if (j > 0) factorial *= j;
            coefficients[j] = 1 / factorial;
        }
        return coefficients;
    }
}
