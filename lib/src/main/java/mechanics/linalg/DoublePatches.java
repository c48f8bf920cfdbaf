package mechanics.linalg;

import java.util.Arrays;

/** The loops of {@link Patches} on {@code double[]}. */
final class DoublePatches {
    /** Patch rows of fewer entries are not worth a copy of their own. */
    private static final int SHORT = 16;

    private DoublePatches() {}

    static void unfold(Patches p, double[] image, int at, double[] rows, int to) {
        int height = p.height();
        int width = p.width();
        int channels = p.channels();
        int size = p.size();
        int stride = p.stride();
        int padding = p.padding();
        int run = size * channels;
        if (run < SHORT) {
            unfoldByEntry(p, image, at, rows, to);
            return;
        }
        for (int i = 0; i < p.down(); i++) {
            for (int j = 0; j < p.across(); j++) {
                int x = j * stride - padding;
                // The part of a patch row that lies inside the image.
                int from = Math.max(0, -x) * channels;
                int end = Math.min(size, width - x) * channels;
                for (int k = 0; k < size; k++) {
                    int y = i * stride - padding + k;
                    if (y < 0 || y >= height) {
                        Arrays.fill(rows, to, to + run, 0);
                    } else {
                        int pixel = at + (y * width + x) * channels;
                        for (int l = 0; l < from; l++) rows[to + l] = 0;
                        if (end - from > 32) {
                            System.arraycopy(image, pixel + from, rows, to + from, end - from);
                        } else {
                            for (int l = from; l < end; l++) rows[to + l] = image[pixel + l];
                        }
                        for (int l = end; l < run; l++) rows[to + l] = 0;
                    }
                    to += run;
                }
            }
        }
    }

    /** {@link #unfold} entry by entry of the patch: long loops over positions, for patch rows that are short. */
    private static void unfoldByEntry(Patches p, double[] image, int at, double[] rows, int to) {
        int height = p.height();
        int width = p.width();
        int channels = p.channels();
        int size = p.size();
        int stride = p.stride();
        int padding = p.padding();
        int entries = p.entries();
        int across = p.across();
        for (int i = 0; i < p.down(); i++) {
            for (int k = 0; k < size; k++) {
                int y = i * stride - padding + k;
                boolean inside = y >= 0 && y < height;
                for (int l = 0; l < size * channels; l++) {
                    int column = l / channels - padding;
                    // The positions at which this entry lies inside the image.
                    int from = inside
                            ? Math.min(across, Math.max(0, -Math.floorDiv(column, stride)))
                            : across;
                    int end = inside
                            ? Math.min(across, Math.floorDiv(width - 1 - column, stride) + 1)
                            : across;
                    int entry = to + i * across * entries + k * size * channels + l;
                    int pixel = at + (y * width + column) * channels + l % channels;
                    for (int j = 0; j < from; j++) rows[entry + j * entries] = 0;
                    for (int j = from; j < end; j++) {
                        rows[entry + j * entries] = image[pixel + j * stride * channels];
                    }
                    for (int j = Math.max(from, end); j < across; j++) rows[entry + j * entries] = 0;
                }
            }
        }
    }

    static void fold(Patches p, double[] rows, int at, double beta, double[] image, int to) {
        int height = p.height();
        int width = p.width();
        int channels = p.channels();
        int size = p.size();
        int stride = p.stride();
        int padding = p.padding();
        if (beta == 0) {
            Arrays.fill(image, to, to + p.pixels(), 0);
        } else if (beta != 1) {
            for (int i = to; i < to + p.pixels(); i++) image[i] *= beta;
        }
        int run = size * channels;
        for (int i = 0; i < p.down(); i++) {
            for (int j = 0; j < p.across(); j++) {
                int x = j * stride - padding;
                int from = Math.max(0, -x) * channels;
                int end = Math.min(size, width - x) * channels;
                for (int k = 0; k < size; k++) {
                    int y = i * stride - padding + k;
                    if (y >= 0 && y < height) {
                        int pixel = to + (y * width + x) * channels;
                        for (int l = from; l < end; l++) image[pixel + l] += rows[at + l];
                    }
                    at += run;
                }
            }
        }
    }

    static void sum(Patches p, double alpha, double[] images, int at, double[] y, int to, int count) {
        int channels = p.channels();
        int size = p.size();
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < p.down(); i++) {
                for (int j = 0; j < p.across(); j++) {
                    for (int k = 0; k < size * size; k++) {
                        int pixel = at + p.pixel(n, i, j, k);
                        for (int c = 0; c < channels; c++) y[to + c] += alpha * images[pixel + c];
                    }
                    to += channels;
                }
            }
        }
    }

    static void spread(Patches p, double alpha, double[] y, int at, double[] images, int to, int count) {
        int channels = p.channels();
        int size = p.size();
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < p.down(); i++) {
                for (int j = 0; j < p.across(); j++) {
                    for (int k = 0; k < size * size; k++) {
                        int pixel = to + p.pixel(n, i, j, k);
                        for (int c = 0; c < channels; c++) images[pixel + c] += alpha * y[at + c];
                    }
                    at += channels;
                }
            }
        }
    }

    static void largest(Patches p, double[] images, int at, int[] index, int count) {
        int channels = p.channels();
        int size = p.size();
        int to = 0;
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < p.down(); i++) {
                for (int j = 0; j < p.across(); j++) {
                    for (int c = 0; c < channels; c++) {
                        int best = p.pixel(n, i, j, 0) + c;
                        for (int k = 1; k < size * size; k++) {
                            int candidate = p.pixel(n, i, j, k) + c;
                            if (images[at + candidate] > images[at + best]) best = candidate;
                        }
                        index[to++] = best;
                    }
                }
            }
        }
    }
}
