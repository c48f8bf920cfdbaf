package mechanics.network.layers;

import mechanics.linalg.Array;
import mechanics.linalg.Parallel;
import mechanics.linalg.Patches;
import mechanics.linalg.Precision;

/**
 * The three bilinear maps of a convolution with weights W, outputs × patch entries: outputs y = c P(x) Wᵀ with the
 * patches P(x) of the inputs as rows, and the two adjoints. Patches of a few images at a time are unfolded into a
 * buffer that stays in the cache; they are unfolded again where they are needed again, which is cheaper than keeping
 * them. Samples are divided over the threads; sums over samples add up part by part, in order.
 */
final class Correlation {
    /** The most entries of a buffer of unfolded patches, if it is to hold more than one image. */
    private static final int BUFFER = 1 << 16;

    private final Patches patches;
    private final int outputs;
    private final double factor;
    private final Precision precision;
    private final Parallel outputParts = new Parallel(this::addOutputs);
    private final Parallel inputParts = new Parallel(this::addInputs);
    private final Parallel weightParts = new Parallel(this::addWeights);
    /** Of each part, the unfolded patches and its share of the adjoint of the weights. */
    private Array[] buffers = {};
    private Array[] shares = {};

    /** What the parts work on now. */
    private Array left;
    private Array right;
    private Array result;
    private double keep;
    private int samples;

    /** The maps for the given patches, number of outputs and factor c. */
    Correlation(Patches patches, int outputs, double factor, Precision precision) {
        this.patches = patches;
        this.outputs = outputs;
        this.factor = factor;
        this.precision = precision;
    }

    /** y = c P(x) Wᵀ + β y. Modified: y. */
    void outputs(Array x, Array w, double beta, Array y) {
        run(outputParts, x, w, beta, y, x.length());
    }

    /** dx = the patches c dy W added up where they belong + β dx. Modified: dx. */
    void inputs(Array dy, Array w, double beta, Array dx) {
        run(inputParts, dy, w, beta, dx, dx.length());
    }

    /** dw = c dyᵀ P(x) + β dw. Modified: dw. */
    void weights(Array dy, Array x, double beta, Array dw) {
        int parts = run(weightParts, dy, x, beta, dw, x.length());
        for (int i = 1; i < parts; i++) dw.add(1, shares[i]);
    }

    /** result, from entry {@code at} on, = c dyᵀ P(x) for one sample alone. Modified: result. */
    void sampleWeights(Array dy, Array x, int sample, Array jacobian, int at) {
        prepare(1);
        patches.unfold(x, sample, 1, buffers[0]);
        int positions = patches.positions();
        jacobian.gemm(outputs, patches.entries(), positions, factor, dy, sample * positions * outputs,
                outputs, true,
                buffers[0], 0, patches.entries(), false, 0, at, patches.entries());
    }

    private int run(Parallel work, Array a, Array b, double beta, Array c, int imageEntries) {
        left = a;
        right = b;
        keep = beta;
        result = c;
        samples = imageEntries / patches.pixels();
        long operations = (long) samples * patches.positions() * patches.entries() * outputs;
        int parts = Parallel.parts(operations, samples);
        prepare(parts);
        work.run(parts);
        return parts;
    }

    private void prepare(int parts) {
        if (buffers.length >= parts) return;
        buffers = new Array[parts];
        shares = new Array[parts];
        for (int i = 0; i < parts; i++) {
            buffers[i] = precision.array(group() * patches.positions() * patches.entries());
            shares[i] = precision.array(i == 0 ? 0 : outputs * patches.entries());
        }
    }

    /** The number of images unfolded at a time. */
    private int group() {
        return Math.max(1, BUFFER / (patches.positions() * patches.entries()));
    }

    private void addOutputs(int part, int parts) {
        Array buffer = buffers[part];
        int positions = patches.positions();
        int entries = patches.entries();
        int end = Parallel.start(samples, part + 1, parts);
        for (int i = Parallel.start(samples, part, parts); i < end; i += group()) {
            int n = Math.min(group(), end - i);
            patches.unfold(left, i, n, buffer);
            result.gemm(n * positions, outputs, entries, factor, buffer, 0, entries, false, right, 0, entries,
                    true,
                    keep, i * positions * outputs, outputs);
        }
    }

    private void addInputs(int part, int parts) {
        Array buffer = buffers[part];
        int positions = patches.positions();
        int entries = patches.entries();
        int end = Parallel.start(samples, part + 1, parts);
        for (int i = Parallel.start(samples, part, parts); i < end; i += group()) {
            int n = Math.min(group(), end - i);
            buffer.gemm(n * positions, entries, outputs, factor, left, i * positions * outputs, outputs,
                    false, right,
                    0, entries, false, 0, 0, entries);
            patches.fold(buffer, keep, result, i, n);
        }
    }

    private void addWeights(int part, int parts) {
        Array buffer = buffers[part];
        Array share = part == 0 ? result : shares[part];
        double beta = part == 0 ? keep : 0;
        int positions = patches.positions();
        int entries = patches.entries();
        int end = Parallel.start(samples, part + 1, parts);
        for (int i = Parallel.start(samples, part, parts); i < end; i += group()) {
            int n = Math.min(group(), end - i);
            patches.unfold(right, i, n, buffer);
            share.gemm(outputs, entries, n * positions, factor, left, i * positions * outputs, outputs, true,
                    buffer,
                    0, entries, false, beta, 0, entries);
            beta = 1;
        }
    }
}
