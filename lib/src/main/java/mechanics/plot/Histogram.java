package mechanics.plot;

/** Samples counted in equal bins. */
final class Histogram {

    /** Samples that differ by less, relative to their size, count as equal. */
    private static final double EQUAL = 1e-12;

    private Histogram() {}

    /** Edges of equal bins from the least to the greatest sample. */
    static double[] edges(String label, double[] samples, int bins) {
        if (bins < 1) {
            throw new IllegalArgumentException("histogram \"" + label + "\": bins = " + bins
                    + ": expected a positive number");
        }
        if (samples.length == 0) {
            throw new IllegalArgumentException(
                    "histogram \"" + label + "\": no samples: expected at least one");
        }
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < samples.length; i++) {
            PlotInputs.requireFinite("histogram \"" + label + "\"", "samples[" + i + "]", samples[i]);
            min = Math.min(min, samples[i]);
            max = Math.max(max, samples[i]);
        }
        double size = Math.max(Math.abs(min), Math.abs(max));
        if (max / 2 - min / 2 <= EQUAL * size) {
            double half = Math.max(0.5, size / 1e6);
            min = Math.max(min - half, -Double.MAX_VALUE);
            max = Math.min(max + half, Double.MAX_VALUE);
        }
        double[] edges = new double[bins + 1];
        for (int i = 0; i <= bins; i++) {
            double share = (double) i / bins;
            edges[i] = Double.isFinite(max - min)
                    ? min + (max - min) * i / bins
                    : (1 - share) * min + share * max;
        }
        return edges;
    }

    /** The share of samples in each bin, divided by its width: the area is one. */
    static double[] density(double[] samples, double[] edges) {
        int bins = edges.length - 1;
        double width = edges[bins] / bins - edges[0] / bins;
        double[] density = new double[bins];
        for (double sample : samples) {
            int bin = Math.min((int) (sample / width - edges[0] / width), bins - 1);
            density[bin] += 1 / (samples.length * width);
        }
        return density;
    }
}
