package mechanics.data;

/**
 * The shape of one image. Pixels are stored row by row, the channels of a pixel side by side: the value of
 * channel c at row i, column j is at index (i · width + j) · channels + c.
 *
 * @param height rows of pixels
 * @param width pixels in a row
 * @param channels 1 for grey, 3 for red, green, blue
 */
public record ImageShape(int height, int width, int channels) {

    public ImageShape {
        require("height", height);
        require("width", width);
        require("channels", channels);
        if ((long) height * width * channels > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "height × width × channels = %d × %d × %d: expected at most 2³¹ − 1"
                            .formatted(height, width, channels));
        }
    }

    private static void require(String name, int value) {
        if (value < 1) throw new IllegalArgumentException(name + " = " + value + ": expected at least 1");
    }

    /** The number of values in an image: the input dimension d. */
    public int size() {
        return height * width * channels;
    }

    @Override
    public String toString() { return height + " × " + width + " × " + channels; }
}
