package mechanics.linalg;

import java.util.Arrays;

/** The loops of {@link Patches} on {@code double[]}. */
final class DoublePatches {
    /** Patch rows of fewer entries are not worth a copy of their own. */
    private static final int SHORT = 16;

    private DoublePatches() {}

    static void unfold(Patches p, double[] images, int at, double[] rows, int to, int count) {
        boolean shortRuns = p.size() * p.channels() < SHORT;
        for (int n = 0; n < count; n++) {
            int image = at + n * p.pixels();
            int first = to + n * p.positions() * p.entries();
            if (shortRuns) {
                unfoldByEntry(p, images, image, rows, first);
            } else {
                move(p, false, images, image, rows, first);
            }
        }
    }

    static void fold(Patches p, double[] rows, int at, double beta, double[] images, int to, int count) {
        int end = to + count * p.pixels();
        if (beta == 0) {
            Arrays.fill(images, to, end, 0);
        } else if (beta != 1) {
            for (int i = to; i < end; i++) images[i] *= beta;
        }
        for (int n = 0; n < count; n++) {
            move(p, true, images, to + n * p.pixels(), rows, at + n * p.positions() * p.entries());
        }
    }

    /** Copies an image's patches to rows, with zeros around the image; or back, adds rows to the image. */
    private static void move(Patches p, boolean back, double[] image, int at, double[] rows, int to) {
        int width = p.width();
        int channels = p.channels();
        int size = p.size();
        int run = size * channels;
        for (int i = 0; i < p.down(); i++) {
            for (int j = 0; j < p.across(); j++) {
                int x = j * p.stride() - p.padding();
                // The part of a patch row that lies inside the image.
                int from = Math.max(0, -x) * channels;
                int end = Math.min(size, width - x) * channels;
                for (int k = 0; k < size; k++, to += run) {
                    int y = i * p.stride() - p.padding() + k;
                    int pixel = at + (y * width + x) * channels;
                    boolean inside = y >= 0 && y < p.height();
                    if (back && inside) {
                        for (int l = from; l < end; l++) image[pixel + l] += rows[to + l];
                    } else if (inside) {
                        for (int l = 0; l < from; l++) rows[to + l] = 0;
                        if (end - from > 32) {
                            System.arraycopy(image, pixel + from, rows, to + from, end - from);
                        } else {
                            for (int l = from; l < end; l++) rows[to + l] = image[pixel + l];
                        }
                        for (int l = end; l < run; l++) rows[to + l] = 0;
                    } else if (!back) {
                        Arrays.fill(rows, to, to + run, 0);
                    }
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

    /** Adds α times each patch's pixels to one pixel of the sums; or back, that pixel to each of the patch. */
    static void add(Patches p, boolean back, double alpha, double[] source, int at, double[] target, int to,
            int count) {
        int channels = p.channels();
        int sum = 0;
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < p.down(); i++) {
                for (int j = 0; j < p.across(); j++, sum += channels) {
                    for (int k = 0; k < p.size() * p.size(); k++) {
                        int pixel = p.pixel(n, i, j, k);
                        int from = at + (back ? sum : pixel);
                        int into = to + (back ? pixel : sum);
                        for (int c = 0; c < channels; c++) target[into + c] += alpha * source[from + c];
                    }
                }
            }
        }
    }

    static void largest(Patches p, double[] images, int at, int[] index, int count) {
        int to = 0;
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < p.down(); i++) {
                for (int j = 0; j < p.across(); j++) {
                    for (int c = 0; c < p.channels(); c++) {
                        int best = p.pixel(n, i, j, 0) + c;
                        for (int k = 1; k < p.size() * p.size(); k++) {
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
