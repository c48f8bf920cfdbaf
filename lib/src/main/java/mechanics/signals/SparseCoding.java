package mechanics.signals;

import java.util.random.RandomGenerator;

import mechanics.base.Seed;

import java.util.Arrays;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;

/**
 * Sparse coding: describes every sample as a combination of few of M atoms. Dictionary D, M × K with rows of length one,
 * and code a minimize, over all samples x,
 * <pre>½ ‖x − aD‖² + λ ‖a‖₁.</pre>
 * Atoms may outnumber the dimensions.
 *
 * <p>The code of a sample is found by FISTA (Beck and Teboulle 2009): gradient steps of the square, each followed by
 * shrinking all numbers by λ times the step, with momentum; the distance from the best value falls like 1/t². The
 * dictionary is learned from batches (Mairal, Bach, Ponce and Sapiro 2010): Σ aᵀa and Σ aᵀx are kept, with what is old
 * fading, and each atom in turn is set to its best value for them. There is no learning rate. The problem is that of
 * Olshausen and Field (1996), with |a| as the cost.
 *
 * <p>Cost of a batch of n samples: t (n M² + …) multiply–adds for t steps of FISTA, n M (M + K) for the sums, M² K for
 * the atoms.
 */
public final class SparseCoding {
    private static final int BATCH = 200;
    private static final int STEPS = 40;

    private final int dimension;
    private final double lambda;
    private final Array dictionary; // M × K

    private SparseCoding(int dimension, double lambda, Array dictionary) {
        this.dimension = dimension;
        this.lambda = lambda;
        this.dictionary = dictionary;
    }

    /**
     * Learns a dictionary.
     *
     * @param samples n × K, rows are samples, not all zero. Not modified. The first atoms are random ones of them.
     * @param atoms M
     * @param lambda λ, positive
     * @param batches how many batches of 200 samples, drawn with replacement, to learn from
     */
    public static SparseCoding fit(double[][] samples, int atoms, double lambda, int batches, long seed) {
        if (Arrays.stream(samples).allMatch(x -> Arrays.stream(x).allMatch(value -> value == 0)))
            throw new IllegalArgumentException("samples are all zero: expected some that are not");
        if (atoms < 1) throw new IllegalArgumentException("atoms = " + atoms + ": expected at least 1");
        if (batches < 0) throw new IllegalArgumentException("batches = " + batches + ": expected at least 0");
        int k = samples[0].length;
        Array d = Precision.FLOAT64.array(Math.multiplyExact(atoms, k));
        var random = Seed.of(seed).stream();
        for (int j = 0; j < atoms; j++) start(d.view(j * k, k), samples, random);
        SparseCoding coding = of(d.toRows(k), lambda);
        Array all = Precision.FLOAT64.array(samples), x = d.like(BATCH * k), a = d.like(BATCH * atoms);
        Array pairs = d.like(atoms * atoms), products = d.like(atoms * k);
        for (int batch = 1; batch <= batches; batch++) {
            x.gather(all, random.ints(BATCH, 0, samples.length).toArray(), k);
            coding.encode(x, a, BATCH);
            // What is old fades: of t batches about the last half counts.
            double fade = batch == 1 ? 0 : Math.pow(1 - 1.0 / batch, 2);
            pairs.gemm(1, a, true, a, false, atoms, atoms, BATCH, fade);
            products.gemm(1, a, true, x, false, atoms, k, BATCH, fade);
            coding.improve(pairs, products);
        }
        return coding;
    }

    /**
     * The code for a dictionary that is known.
     *
     * @param dictionary M × K, rows of length one. Not modified, not kept.
     * @param lambda λ, positive
     */
    public static SparseCoding of(double[][] dictionary, double lambda) {
        if (dictionary.length == 0)
            throw new IllegalArgumentException("dictionary: expected at least one atom");
        if (!(lambda > 0) || Double.isInfinite(lambda))
            throw new IllegalArgumentException("lambda = " + lambda + ": expected above 0");
        Array d = Precision.FLOAT64.array(dictionary);
        int k = dictionary[0].length;
        for (int j = 0; j < dictionary.length; j++) {
            double length = d.view(j * k, k).norm();
            if (!(Math.abs(length - 1) < 1e-6))
                throw new IllegalArgumentException("atom " + j + " has length " + length + ": expected 1");
        }
        return new SparseCoding(k, lambda, d);
    }

    /** M. */
    public int atoms() { return dictionary.length() / dimension; }

    /** The dictionary, M × K, rows of length one. A fresh copy. */
    public double[][] dictionary() {
        return dictionary.toRows(dimension);
    }

    /**
     * The codes of samples, n × M.
     *
     * @param samples n × K. Not modified.
     */
    public double[][] code(double[][] samples) {
        Array x = Precision.FLOAT64.array(samples), a = x.like(samples.length * atoms());
        if (x.length() != samples.length * dimension)
            throw new IllegalArgumentException(
                    "samples have " + samples[0].length + " numbers: expected " + dimension);
        encode(x, a, samples.length);
        return a.toRows(atoms());
    }

    /** The mean over samples of ½ ‖x − aD‖² + λ ‖a‖₁ for the code a that is found. Not modified. */
    public double cost(double[][] samples) {
        double[][] codes = code(samples);
        Array rest = Precision.FLOAT64.array(samples);
        rest.gemm(-1, Precision.FLOAT64.array(codes), false, dictionary, false, samples.length, dimension,
                atoms(), 1);
        double sum = 0.5 * rest.dot(rest);
        for (double[] row : codes) for (double value : row) sum += lambda * Math.abs(value);
        return sum / samples.length;
    }

    /** FISTA from zero. Modified: a, n × M. */
    private void encode(Array x, Array a, int n) {
        int m = atoms();
        Array gram = a.like(m * m), ahead = a.like(n * m), target = a.like(n * m), step = a.like(n * m);
        gram.gemm(1, dictionary, false, dictionary, true, m, m, dimension, 0);
        target.gemm(1, x, false, dictionary, true, n, m, dimension, 0);
        double rate = 1 / largestEigenvalue(gram, m);
        a.fill(0);
        var now = new double[n * m];
        var before = new double[n * m];
        var momentum = 1.0;
        for (int t = 0; t < STEPS; t++) {
            // step = ahead − rate (ahead G − target)
            step.copy(ahead);
            step.gemm(-rate, ahead, false, gram, false, n, m, m, 1);
            step.add(rate, target);
            step.load(0, now, n * m);
            double next = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2, push = (momentum - 1) / next;
            for (int i = 0; i < now.length; i++) {
                double shrunk = Math.max(0, Math.abs(now[i]) - lambda * rate);
                double value = now[i] < 0 ? -shrunk : shrunk;
                now[i] = value + push * (value - before[i]);
                before[i] = value;
            }
            ahead.store(0, now, n * m);
            momentum = next;
        }
        a.store(0, before, n * m);
    }

    /** One round of block coordinate descent over the atoms. Modified: the dictionary. */
    private void improve(Array pairs, Array products) {
        int m = atoms();
        Array atom = dictionary.like(dimension);
        for (int j = 0; j < m; j++) {
            double weight = pairs.get(j * m + j);
            if (!(weight > 1e-9)) continue;
            // dⱼ + (bⱼ − Σ_l p_jl d_l) / p_jj
            atom.copy(products.view(j * dimension, dimension));
            atom.gemm(-1, pairs.view(j * m, m), false, dictionary, false, 1, dimension, m, 1);
            Array old = dictionary.view(j * dimension, dimension);
            atom.combine(1, old, 1 / weight);
            if (atom.norm() > 0) {
                normalize(atom);
                old.copy(atom);
            }
        }
    }

    /** The direction of a random sample that has one. Modified: atom. */
    private static void start(Array atom, double[][] samples, RandomGenerator random) {
        do {
            atom.store(0, samples[random.nextInt(samples.length)], atom.length());
        } while (!(atom.norm() > 0));
        normalize(atom);
    }

    private static void normalize(Array atom) { atom.scale(1 / atom.norm()); }

    /** By power iteration; a little above, as the step must not be too long. */
    private static double largestEigenvalue(Array gram, int m) {
        Array v = gram.like(m), w = gram.like(m);
        v.fill(1 / Math.sqrt(m));
        for (int j = 0; j < m; j++) v.set(j, v.get(j) * (1 + 0.1 * Math.sin(j + 1)));
        double value = 0;
        for (int t = 0; t < 50; t++) {
            w.gemm(1, gram, false, v, false, m, 1, m, 0);
            value = w.norm();
            w.scale(1 / value);
            v.copy(w);
        }
        return 1.05 * value;
    }
}
