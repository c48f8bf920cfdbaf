package mechanics.data;

/** A distribution of input vectors. */
public interface Inputs {

    /** The length of a vector, d. */
    int dimension();

    /**
     * Independent samples. The same n and seed give the same numbers.
     *
     * @param n how many, at least 0
     * @return n × d, rows are samples; the caller's to keep
     */
    double[][] sample(int n, long seed);
}
