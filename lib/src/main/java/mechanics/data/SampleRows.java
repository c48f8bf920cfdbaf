package mechanics.data;

/** Samples as rows of a matrix, whatever holds them: statistics are written once for all. */
interface SampleRows {

    /** The number of samples, at least 1. */
    int size();

    int dimension();

    double at(int sample, int coordinate);

    /** A view of an n × d array, which is not copied. */
    static SampleRows of(double[][] x) {
        if (x.length == 0) throw new IllegalArgumentException("train has 0 samples: expected at least 1");
        for (int i = 0; i < x.length; i++) {
            if (x[i].length != x[0].length) {
                throw new IllegalArgumentException(
                        "row " + i + " has " + x[i].length + " values: expected " + x[0].length);
            }
        }
        return new SampleRows() {
            @Override
            public int size() { return x.length; }

            @Override
            public int dimension() { return x[0].length; }

            @Override
            public double at(int sample, int coordinate) { return x[sample][coordinate]; }
        };
    }
}
