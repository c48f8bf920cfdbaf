package mechanics.plot;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Small PNG files: at most 256 colors, chosen by median cut (Heckbert 1982), best compression; fewer colors where the
 * file would be larger than 60 kB. Where a picture has no more colors than that, nothing is lost. Always the same bytes
 * for the same pixels.
 */
final class Png {

    /** Palettes to try, largest first, until the file is small enough. */
    private static final int[] PALETTES = {256, 64, 32, 24, 16};
    private static final int ENOUGH = 60_000;
    /** Up to this many colors, hue decides before lightness: lines are told apart by hue, edges may be rougher. */
    private static final int FEW = 32;

    private Png() {}

    static byte[] encode(BufferedImage image) {
        byte[] png = {};
        for (int colors : PALETTES) {
            png = encode(image, colors);
            if (png.length <= ENOUGH) {
                break;
            }
        }
        return png;
    }

    private static byte[] encode(BufferedImage image, int colors) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(0);
        var bytes = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(reduce(image, colors), null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The same picture with a palette of at most that many colors. */
    static BufferedImage reduce(BufferedImage image, int colors) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        List<Box> boxes = cut(count(pixels), colors);
        int[] palette = new int[boxes.size()];
        Map<Integer, Integer> index = new HashMap<>();
        for (int i = 0; i < palette.length; i++) {
            palette[i] = boxes.get(i).representative();
            for (Entry entry : boxes.get(i).entries) {
                index.put(entry.color, i);
            }
        }
        if (colors <= FEW) {
            index.replaceAll((color, _) -> nearest(palette, color));
        }
        int bits = palette.length <= 16 ? 4 : 8;
        var model = new IndexColorModel(bits, palette.length, palette, 0, false, -1,
                DataBuffer.TYPE_BYTE);
        WritableRaster raster = model.createCompatibleWritableRaster(width, height);
        var reduced = new BufferedImage(model, raster, false, null);
        int[] row = new int[width];
        int last = -1;
        int lastIndex = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int color = pixels[y * width + x] & 0xFFFFFF;
                if (color != last) {
                    last = color;
                    lastIndex = index.get(color);
                }
                row[x] = lastIndex;
            }
            raster.setSamples(0, y, width, 1, 0, row);
        }
        return reduced;
    }

    private static int nearest(int[] palette, int color) {
        int nearest = 0;
        for (int i = 1; i < palette.length; i++) {
            if (distance(palette[i], color) < distance(palette[nearest], color)) {
                nearest = i;
            }
        }
        return nearest;
    }

    private static int distance(int color, int other) {
        int sum = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            int difference = ((color >> shift) & 0xFF) - ((other >> shift) & 0xFF);
            sum += difference * difference;
        }
        return sum;
    }

    /** The different colors and how often each is there, in order. */
    private static List<Entry> count(int[] pixels) {
        int[] sorted = pixels.clone();
        Arrays.sort(sorted);
        List<Entry> entries = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= sorted.length; i++) {
            if (i == sorted.length || sorted[i] != sorted[start]) {
                entries.add(new Entry(sorted[start] & 0xFFFFFF, i - start));
                start = i;
            }
        }
        return entries;
    }

    private static List<Box> cut(List<Entry> all, int colors) {
        List<Box> boxes = new ArrayList<>();
        boxes.add(new Box(all, colors <= FEW));
        while (boxes.size() < colors) {
            int widest = 0;
            for (int i = 1; i < boxes.size(); i++) {
                if (boxes.get(i).spread() > boxes.get(widest).spread()) {
                    widest = i;
                }
            }
            if (boxes.get(widest).entries.size() < 2) {
                break;
            }
            boxes.addAll(boxes.remove(widest).split());
        }
        return boxes;
    }

    private record Entry(int color, int count) {

        int channel(int i) { return (color >> (8 * i)) & 0xFF; }

        /** Lightness, and red and blue against green; zero for all greys. */
        int hue(int i) {
            int green = channel(1);
            return switch (i) {
                case 0 -> (channel(2) + green + channel(0)) / 3;
                case 1 -> channel(2) - green;
                default -> channel(0) - green;
            };
        }
    }

    private static final class Box {

        private final List<Entry> entries;
        private final boolean byHue;
        private final int widestChannel;
        private final double spread;

        Box(List<Entry> entries, boolean byHue) {
            this.entries = entries;
            this.byHue = byHue;
            long count = 0;
            for (Entry entry : entries) {
                count += entry.count;
            }
            int channel = 0;
            int range = -1;
            for (int c = 0; c < 3; c++) {
                int lowest = 255;
                int highest = -255;
                for (Entry entry : entries) {
                    lowest = Math.min(lowest, coordinate(entry, c));
                    highest = Math.max(highest, coordinate(entry, c));
                }
                if (highest - lowest > range) {
                    range = highest - lowest;
                    channel = c;
                }
            }
            widestChannel = channel;
            // The root keeps large white areas from taking all colors.
            spread = entries.size() < 2 ? -1 : range * Math.sqrt((double) count);
        }

        double spread() { return spread; }

        private int coordinate(Entry entry, int i) { return byHue ? entry.hue(i) : entry.channel(i); }

        List<Box> split() {
            List<Entry> sorted = new ArrayList<>(entries);
            sorted.sort(
                    (a, b) -> Integer.compare(coordinate(a, widestChannel), coordinate(b, widestChannel)));
            int lowest = coordinate(sorted.getFirst(), widestChannel);
            int highest = coordinate(sorted.getLast(), widestChannel);
            int at = 0;
            while (2 * coordinate(sorted.get(at), widestChannel) <= lowest + highest) {
                at++;
            }
            at = Math.clamp(at, 1, sorted.size() - 1);
            return List.of(new Box(sorted.subList(0, at), byHue),
                    new Box(sorted.subList(at, sorted.size()), byHue));
        }

        /** The commonest color, so that white and the colors of lines stay exactly what they are. */
        int representative() {
            Entry best = entries.getFirst();
            for (Entry entry : entries) {
                if (entry.count > best.count) {
                    best = entry;
                }
            }
            return best.color;
        }
    }
}
