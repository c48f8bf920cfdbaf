package mechanics.linalg;

import mechanics.base.Require;

import java.util.Arrays;

/**
 * Square patches of images, as a convolution or a pooling sees them. An image is stored height × width × channels:
 * the channels of a pixel lie together, so that a patch row is one run of memory, a product along the channels is a
 * plain matrix product, and a pooling works on vectors of channels. Unfolded, an image is a matrix with a row for
 * each position of the patch, row by row of the image, and in it the patch's entries in order (row, column, channel).
 *
 * @param height the rows of an image
 * @param width the columns of an image
 * @param channels the numbers in a pixel
 * @param size the rows and columns of a patch
 * @param stride the step from a patch to the next
 * @param padding the rows and columns of zeros around the image
 */
public record Patches(int height, int width, int channels, int size, int stride, int padding) {
    /** Patch rows of fewer entries are not worth a copy of their own. */
    private static final int SHORT = 16;

    /** Checks the sizes. */
    public Patches {
        Require.positive("height", height);
        Require.positive("width", width);
        Require.positive("channels", channels);
        Require.positive("size", size);
        Require.positive("stride", stride);
        if (padding < 0 || padding >= size) {
            throw new IllegalArgumentException("padding = " + padding + ": expected 0 to " + (size - 1)
                    + " for patches of size " + size);
        }
        if (size > height + 2 * padding || size > width + 2 * padding) {
            throw new IllegalArgumentException(
                    "size = " + size + ": expected a patch that fits an image of " + height
                            + " × " + width + " with padding " + padding);
        }
    }

    /** The number of positions from top to bottom; a rest smaller than the stride is left out. */
    public int down() {
        return (height + 2 * padding - size) / stride + 1;
    }

    /** The number of positions from left to right. */
    public int across() {
        return (width + 2 * padding - size) / stride + 1;
    }

    /** The number of positions in an image. */
    public int positions() { return down() * across(); }

    /** The number of entries of a patch. */
    public int entries() { return size * size * channels; }

    /** The number of entries of an image. */
    public int pixels() { return height * width * channels; }

    /**
     * The patches of {@code count} images, from image number {@code first} on, as rows. Modified: rows, from its
     * start.
     */
    public void unfold(Array images, int first, int count, Array rows) {
        check(images, first, count, pixels(), "images");
        check(rows, 0, count, positions() * entries(), "rows");
        for (int i = 0; i < count; i++) {
            int image = (first + i) * pixels();
            int to = i * positions() * entries();
            switch (rows) {
                case FloatArray f ->
                    unfold(((FloatArray) images).storage(), images.offset + image, f.storage(),
                            f.offset + to);
                case DoubleArray d ->
                    unfold(((DoubleArray) images).storage(), images.offset + image, d.storage(),
                            d.offset + to);
            }
        }
    }

    /**
     * The given images = each patch added to where it came from + β themselves: the adjoint of {@link #unfold}.
     * Modified: images.
     */
    public void fold(Array rows, double beta, Array images, int first, int count) {
        check(images, first, count, pixels(), "images");
        check(rows, 0, count, positions() * entries(), "rows");
        for (int i = 0; i < count; i++) {
            int image = (first + i) * pixels();
            int from = i * positions() * entries();
            switch (images) {
                case FloatArray f -> fold(((FloatArray) rows).storage(), rows.offset + from, (float) beta,
                        f.storage(), f.offset + image);
                case DoubleArray d ->
                    fold(((DoubleArray) rows).storage(), rows.offset + from, beta, d.storage(),
                            d.offset + image);
            }
        }
    }

    /**
     * y = α Σ over the patch + β y, for each position and channel of each image. Padding must be 0. Modified: y.
     */
    public void sum(double alpha, Array images, double beta, Array y) {
        int count = y.length() / (positions() * channels);
        check(images, 0, count, pixels(), "images");
        if (beta == 0) {
            y.fill(0);
        } else if (beta != 1) {
            y.scale(beta);
        }
        switch (y) {
            case FloatArray f ->
                sum((float) alpha, ((FloatArray) images).storage(), images.offset, f.storage(),
                        f.offset, count);
            case DoubleArray d ->
                sum(alpha, ((DoubleArray) images).storage(), images.offset, d.storage(), d.offset,
                        count);
        }
    }

    /** images = images with α y added to the whole patch of each position: the adjoint of {@link #sum}. */
    public void spread(double alpha, Array y, double beta, Array images) {
        int count = y.length() / (positions() * channels);
        check(images, 0, count, pixels(), "images");
        if (beta == 0) {
            images.fill(0);
        } else if (beta != 1) {
            images.scale(beta);
        }
        switch (images) {
            case FloatArray f ->
                spread((float) alpha, ((FloatArray) y).storage(), y.offset, f.storage(), f.offset,
                        count);
            case DoubleArray d ->
                spread(alpha, ((DoubleArray) y).storage(), y.offset, d.storage(), d.offset, count);
        }
    }

    /**
     * The index in {@code images} of the largest entry of each patch, for each position and channel; of equal ones
     * the first, row by row. Padding must be 0. Modified: index.
     */
    public void largest(Array images, int[] index) {
        int count = images.length() / pixels();
        if (index.length < count * positions() * channels) {
            throw new IllegalArgumentException("index of " + index.length + " entries: expected at least "
                    + count * positions() * channels);
        }
        switch (images) {
            case FloatArray f -> largest(f.storage(), f.offset, index, count);
            case DoubleArray d -> largest(d.storage(), d.offset, index, count);
        }
    }

    private static void check(Array x, int first, int count, int size, String name) {
        if (first < 0 || count < 0 || (long) (first + count) * size > x.length()) {
            throw new IllegalArgumentException(name + " of " + x.length() + " entries: expected at least "
                    + (first + count) + " × " + size);
        }
    }

    private void unfold(float[] image, int at, float[] rows, int to) {
        int run = size * channels;
        if (run < SHORT) {
            unfoldByEntry(image, at, rows, to);
            return;
        }
        for (int i = 0; i < down(); i++) {
            for (int j = 0; j < across(); j++) {
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
    private void unfoldByEntry(float[] image, int at, float[] rows, int to) {
        int entries = entries();
        int across = across();
        for (int i = 0; i < down(); i++) {
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

    private void fold(float[] rows, int at, float beta, float[] image, int to) {
        if (beta == 0) {
            Arrays.fill(image, to, to + pixels(), 0);
        } else if (beta != 1) {
            for (int i = to; i < to + pixels(); i++) image[i] *= beta;
        }
        int run = size * channels;
        for (int i = 0; i < down(); i++) {
            for (int j = 0; j < across(); j++) {
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

    private void sum(float alpha, float[] images, int at, float[] y, int to, int count) {
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < down(); i++) {
                for (int j = 0; j < across(); j++) {
                    for (int k = 0; k < size * size; k++) {
                        int pixel = at + pixel(n, i, j, k);
                        for (int c = 0; c < channels; c++) y[to + c] += alpha * images[pixel + c];
                    }
                    to += channels;
                }
            }
        }
    }

    private void spread(float alpha, float[] y, int at, float[] images, int to, int count) {
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < down(); i++) {
                for (int j = 0; j < across(); j++) {
                    for (int k = 0; k < size * size; k++) {
                        int pixel = to + pixel(n, i, j, k);
                        for (int c = 0; c < channels; c++) images[pixel + c] += alpha * y[at + c];
                    }
                    at += channels;
                }
            }
        }
    }

    private void largest(float[] images, int at, int[] index, int count) {
        int to = 0;
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < down(); i++) {
                for (int j = 0; j < across(); j++) {
                    for (int c = 0; c < channels; c++) {
                        int best = pixel(n, i, j, 0) + c;
                        for (int k = 1; k < size * size; k++) {
                            int candidate = pixel(n, i, j, k) + c;
                            if (images[at + candidate] > images[at + best]) best = candidate;
                        }
                        index[to++] = best;
                    }
                }
            }
        }
    }

    private void unfold(double[] image, int at, double[] rows, int to) {
        int run = size * channels;
        if (run < SHORT) {
            unfoldByEntry(image, at, rows, to);
            return;
        }
        for (int i = 0; i < down(); i++) {
            for (int j = 0; j < across(); j++) {
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
    private void unfoldByEntry(double[] image, int at, double[] rows, int to) {
        int entries = entries();
        int across = across();
        for (int i = 0; i < down(); i++) {
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

    private void fold(double[] rows, int at, double beta, double[] image, int to) {
        if (beta == 0) {
            Arrays.fill(image, to, to + pixels(), 0);
        } else if (beta != 1) {
            for (int i = to; i < to + pixels(); i++) image[i] *= beta;
        }
        int run = size * channels;
        for (int i = 0; i < down(); i++) {
            for (int j = 0; j < across(); j++) {
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

    private void sum(double alpha, double[] images, int at, double[] y, int to, int count) {
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < down(); i++) {
                for (int j = 0; j < across(); j++) {
                    for (int k = 0; k < size * size; k++) {
                        int pixel = at + pixel(n, i, j, k);
                        for (int c = 0; c < channels; c++) y[to + c] += alpha * images[pixel + c];
                    }
                    to += channels;
                }
            }
        }
    }

    private void spread(double alpha, double[] y, int at, double[] images, int to, int count) {
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < down(); i++) {
                for (int j = 0; j < across(); j++) {
                    for (int k = 0; k < size * size; k++) {
                        int pixel = to + pixel(n, i, j, k);
                        for (int c = 0; c < channels; c++) images[pixel + c] += alpha * y[at + c];
                    }
                    at += channels;
                }
            }
        }
    }

    private void largest(double[] images, int at, int[] index, int count) {
        int to = 0;
        for (int n = 0; n < count; n++) {
            for (int i = 0; i < down(); i++) {
                for (int j = 0; j < across(); j++) {
                    for (int c = 0; c < channels; c++) {
                        int best = pixel(n, i, j, 0) + c;
                        for (int k = 1; k < size * size; k++) {
                            int candidate = pixel(n, i, j, k) + c;
                            if (images[at + candidate] > images[at + best]) best = candidate;
                        }
                        index[to++] = best;
                    }
                }
            }
        }
    }

    /** The index of channel 0 of entry k of the patch at position (i, j) of image n, without padding. */
    private int pixel(int n, int i, int j, int k) {
        return ((n * height + i * stride + k / size) * width + j * stride + k % size) * channels;
    }
}
