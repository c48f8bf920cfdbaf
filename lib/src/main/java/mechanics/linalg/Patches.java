package mechanics.linalg;

import mechanics.base.Require;

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
     * The patches of {@code count} images, from image number {@code first} on, as rows (known as im2col). Modified:
     * rows, from its start.
     */
    public void unfold(Array images, int first, int count, Array rows) {
        check(images, first, count, pixels(), "images");
        check(rows, 0, count, positions() * entries(), "rows");
        int from = images.offset + first * pixels();
        switch (rows) {
            case FloatArray f ->
                FloatPatches.unfold(this, ((FloatArray) images).storage(), from, f.storage(), f.offset,
                        count);
            case DoubleArray d ->
                DoublePatches.unfold(this, ((DoubleArray) images).storage(), from, d.storage(), d.offset,
                        count);
        }
    }

    /**
     * The given images = each patch added to where it came from + β themselves: the adjoint of {@link #unfold} (known
     * as col2im). Modified: images.
     */
    public void fold(Array rows, double beta, Array images, int first, int count) {
        check(images, first, count, pixels(), "images");
        check(rows, 0, count, positions() * entries(), "rows");
        int to = images.offset + first * pixels();
        switch (images) {
            case FloatArray f ->
                FloatPatches.fold(this, ((FloatArray) rows).storage(), rows.offset, (float) beta, f.storage(),
                        to, count);
            case DoubleArray d ->
                DoublePatches.fold(this, ((DoubleArray) rows).storage(), rows.offset, beta, d.storage(), to,
                        count);
        }
    }

    /**
     * y = α Σ over the patch + β y, for each position and channel of each image. Padding must be 0. Modified: y.
     */
    public void sum(double alpha, Array images, double beta, Array y) {
        add(false, alpha, images, beta, y);
    }

    /**
     * images = β images with α y added to the whole patch of each position: the adjoint of {@link #sum}. Modified:
     * images.
     */
    public void spread(double alpha, Array y, double beta, Array images) {
        add(true, alpha, images, beta, y);
    }

    private void add(boolean back, double alpha, Array images, double beta, Array y) {
        int count = y.length() / (positions() * channels);
        check(images, 0, count, pixels(), "images");
        Array source = back ? y : images;
        Array target = back ? images : y;
        if (beta == 0) {
            target.fill(0);
        } else if (beta != 1) {
            target.scale(beta);
        }
        switch (target) {
            case FloatArray f ->
                FloatPatches.add(this, back, (float) alpha, ((FloatArray) source).storage(), source.offset,
                        f.storage(), f.offset, count);
            case DoubleArray d ->
                DoublePatches.add(this, back, alpha, ((DoubleArray) source).storage(), source.offset,
                        d.storage(),
                        d.offset, count);
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
            case FloatArray f -> FloatPatches.largest(this, f.storage(), f.offset, index, count);
            case DoubleArray d -> DoublePatches.largest(this, d.storage(), d.offset, index, count);
        }
    }

    private static void check(Array x, int first, int count, int size, String name) {
        if (first < 0 || count < 0 || (long) (first + count) * size > x.length()) {
            throw new IllegalArgumentException(name + " of " + x.length() + " entries: expected at least "
                    + (first + count) + " × " + size);
        }
    }

    /** The index of channel 0 of entry k of the patch at position (i, j) of image n, without padding. */
    int pixel(int n, int i, int j, int k) {
        return ((n * height + i * stride + k / size) * width + j * stride + k % size) * channels;
    }
}
