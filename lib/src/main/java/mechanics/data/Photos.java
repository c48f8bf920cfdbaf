package mechanics.data;

import mechanics.base.Seed;
import mechanics.base.Require;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import javax.imageio.ImageIO;

/**
 * Grey photographs, squares of 300 to 512 pixels a side, values in [0, 1]: for the statistics of natural
 * images. Their sources are in {@code datasets/README.md}.
 */
public final class Photos {

    /** The names of the shipped photographs. */
    public static final List<String> NAMES = List.of("airplane-from-above", "aitzgorri", "allium-oreophilum",
            "black-canyon", "brick", "camera", "chelsea", "china", "coffee", "flower",
            "french-alpine-landscape",
            "friends", "grass", "gravel", "hubble", "life", "picosdeeuropa", "picture_0b", "picture_1a",
            "rocket",
            "seeding", "sunset");

    private final Map<String, double[][]> pictures; // in the order of the names

    private Photos(Map<String, double[][]> pictures) { this.pictures = pictures; }

    /** All photographs. */
    public static Photos all() { return named(NAMES.toArray(String[]::new)); }

    /** Some photographs, see {@link #NAMES}. */
    public static Photos named(String... names) {
        Map<String, double[][]> pictures = new LinkedHashMap<>();
        for (String name : names) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("name = " + name + ": expected one of " + NAMES);
            }
            pictures.put(name, read(ProjectFolder.dataset("photos/" + name + ".png")));
        }
        return new Photos(pictures);
    }

    public List<String> names() { return List.copyOf(pictures.keySet()); }

    /** A photograph, height × width. A fresh copy. */
    public double[][] picture(String name) {
        double[][] picture = pictures.get(name);
        if (picture == null)
            throw new IllegalArgumentException("name = " + name + ": expected one of " + names());
        return Arrays.stream(picture).map(double[]::clone).toArray(double[][]::new);
    }

    /** Other pictures in place of these: each photograph after a change, which must not make it smaller than 1 × 1. */
    public Photos mapped(UnaryOperator<double[][]> change) {
        Map<String, double[][]> changed = new LinkedHashMap<>();
        pictures.keySet().forEach(name -> {
            double[][] picture = change.apply(picture(name));
            SampleRows.of(picture);
            changed.put(name, Arrays.stream(picture).map(double[]::clone).toArray(double[][]::new));
        });
        return new Photos(changed);
    }

    /**
     * Square patches at random places: every photograph equally likely, then every place in it.
     *
     * @param size pixels a side
     * @param count how many
     * @return the patches; the label of each is the photograph it came from
     */
    public Images patches(int size, int count, long seed) {
        Require.positive("size", size);
        Require.notNegative("count", count);
        List<String> names = names();
        pictures.forEach((name, picture) -> {
            if (size > picture.length || size > picture[0].length) {
                throw new IllegalArgumentException(
                        "size = %d: expected at most %d, as %s is %d × %d".formatted(size,
                                Math.min(picture.length, picture[0].length), name, picture.length,
                                picture[0].length));
            }
        });
        RandomGenerator random = Seed.of(seed).draw("patches");
        ImageShape shape = new ImageShape(size, size, 1);
        float[] pixels = new float[Math.multiplyExact(count, shape.size())];
        int[] labels = new int[count];
        for (int patch = 0, next = 0; patch < count; patch++) {
            labels[patch] = random.nextInt(names.size());
            double[][] picture = pictures.get(names.get(labels[patch]));
            int top = random.nextInt(picture.length - size + 1);
            int left = random.nextInt(picture[0].length - size + 1);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    pixels[next++] = (float) picture[top + i][left + j];
                }
            }
        }
        return Images.owning("Photographs, patches of %d × %d with seed %d".formatted(size, size, seed),
                shape,
                pixels,
                labels, names);
    }

    static double[][] read(Path file) {
        BufferedImage image;
        try {
            image = ImageIO.read(file.toFile());
        } catch (IOException e) {
            throw new DataFileException(file,
                    "damaged or missing: expected a PNG picture (" + e.getMessage() + ")", e);
        }
        if (image == null) throw new DataFileException(file, "damaged: expected a PNG picture");
        Raster raster = image.getRaster();
        if (raster.getNumBands() != 1 || raster.getSampleModel().getSampleSize(0) != 8) {
            throw new DataFileException(file, raster.getNumBands() + " channels: expected 1, 8-bit grey");
        }
        double[][] picture = new double[raster.getHeight()][raster.getWidth()];
        for (int i = 0; i < picture.length; i++) {
            for (int j = 0; j < picture[i].length; j++) {
                // The raster's own values: BufferedImage.getRGB would bend grey by a gamma curve.
                picture[i][j] = raster.getSample(j, i, 0) / 255.0;
            }
        }
        return picture;
    }
}
