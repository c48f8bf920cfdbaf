package mechanics.plot;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Small PNG files: a palette of at most 256 colors, fewer where the file would be larger than 90 kB. Where a picture has
 * no more colors than that, nothing is lost; else the colors that mean something stay exactly what they are, and only
 * the shades at the edges of lines and letters, and those of smooth maps, take the nearest color of the palette. Always
 * the same bytes for the same pixels.
 */
final class Png {

    /** Palettes to try, largest first, until the file is small enough. */
    private static final int[] PALETTES = {256, 96, 48, 24};
    private static final int ENOUGH = 90_000;
    /** The commonest colors, which stay exact like those that are named. */
    private static final int COMMONEST = 16;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final byte PALETTE_COLOR = 3;
    /** The highest levels take five times as long for files a twentieth smaller: only for what is too large without. */
    private static final int LEVEL = 7;

    private Png() {}

    /**
     * The picture as a file.
     *
     * @param exact colors that may not change, where they occur
     */
    static byte[] encode(BufferedImage image, Collection<Color> exact) {
        int width = image.getWidth();
        int height = image.getHeight();
        int[] pixels = image.getRGB(0, 0, width, height, null, 0, width);
        List<Count> counts = count(pixels);
        Palette palette = null;
        for (int size : PALETTES) {
            palette = Palette.of(counts, exact, size);
            byte[] png = write(width, height, pixels, palette, LEVEL);
            if (png.length <= ENOUGH) {
                return png;
            }
        }
        return write(width, height, pixels, palette, Deflater.BEST_COMPRESSION);
    }

    /** The different colors, commonest first. */
    private static List<Count> count(int[] pixels) {
        Map<Integer, int[]> found = new HashMap<>();
        int start = 0;
        for (int i = 1; i <= pixels.length; i++) {
            // Most neighbors are equal: look up runs, not pixels.
            if (i == pixels.length || pixels[i] != pixels[start]) {
                found.computeIfAbsent(pixels[start] & 0xFFFFFF, _ -> new int[1])[0] += i - start;
                start = i;
            }
        }
        List<Count> counts = new ArrayList<>(found.size());
        found.forEach((color, count) -> counts.add(new Count(color, count[0])));
        counts.sort(Comparator.comparingInt(Count::pixels).reversed().thenComparingInt(Count::color));
        return counts;
    }

    private record Count(int color, int pixels) {

        int channel(int i) { return color >> (8 * i) & 0xFF; }
    }

    /** The colors of a file, and which of them stands for each color of the picture. */
    private record Palette(int[] colors, Map<Integer, Integer> indices) {

        static Palette of(List<Count> counts, Collection<Color> exact, int size) {
            Map<Integer, Integer> indices = new HashMap<>();
            if (counts.size() <= size) {
                counts.forEach(count -> indices.put(count.color, indices.size()));
                return new Palette(counts.stream().mapToInt(Count::color).toArray(), indices);
            }
            List<Integer> colors = new ArrayList<>();
            List<Integer> named = exact.stream().map(color -> color.getRGB() & 0xFFFFFF).toList();
            List<Count> shades = new ArrayList<>();
            for (int i = 0; i < counts.size(); i++) {
                Count count = counts.get(i);
                if ((i < COMMONEST || named.contains(count.color)) && colors.size() < size - 1) {
                    indices.put(count.color, colors.size());
                    colors.add(count.color);
                } else {
                    shades.add(count);
                }
            }
            for (List<Count> box : cut(merged(shades), size - colors.size())) {
                colors.add(box.getFirst().color);
            }
            int[] palette = colors.stream().mapToInt(Integer::intValue).toArray();
            Map<Integer, Integer> nearest = new HashMap<>();
            for (Count shade : shades) {
                // Shades that differ in the last two bits are not told apart: they share one search.
                indices.put(shade.color, nearest.computeIfAbsent(shade.color & 0xFCFCFC,
                        _ -> nearest(palette, shade.color)));
            }
            return new Palette(palette, indices);
        }

        /** The commonest of each few similar shades with the pixels of all. */
        private static List<Count> merged(List<Count> shades) {
            Map<Integer, Count> cells = new HashMap<>();
            for (Count shade : shades) {
                cells.merge(shade.color & 0xF8F8F8, shade,
                        (first, more) -> new Count(first.color, first.pixels + more.pixels));
            }
            List<Count> merged = new ArrayList<>(cells.values());
            merged.sort(Comparator.comparingInt(Count::pixels).reversed().thenComparingInt(Count::color));
            return merged;
        }

        private static int nearest(int[] palette, int color) {
            int nearest = 0;
            int least = Integer.MAX_VALUE;
            for (int i = 0; i < palette.length; i++) {
                int blue = (palette[i] & 0xFF) - (color & 0xFF);
                int green = (palette[i] >> 8 & 0xFF) - (color >> 8 & 0xFF);
                int red = (palette[i] >> 16) - (color >> 16);
                int distance = blue * blue + green * green + red * red;
                if (distance < least) {
                    least = distance;
                    nearest = i;
                }
            }
            return nearest;
        }
    }

    /** Groups of similar colors, commonest first in each: median cut (Heckbert 1982), at the middle of the widest side. */
    private static List<List<Count>> cut(List<Count> all, int groups) {
        List<Box> boxes = new ArrayList<>(List.of(Box.of(all)));
        while (boxes.size() < groups) {
            Box widest = boxes.stream().max(Comparator.comparingDouble(Box::spread)).orElseThrow();
            if (widest.spread <= 0) {
                break;
            }
            boxes.remove(widest);
            boxes.addAll(widest.split());
        }
        return boxes.stream().map(Box::colors).toList();
    }

    private record Box(List<Count> colors, int channel, int middle, double spread) {

        static Box of(List<Count> colors) {
            long pixels = 0;
            int[] low = {255, 255, 255};
            int[] high = new int[3];
            for (Count count : colors) {
                pixels += count.pixels;
                for (int c = 0; c < 3; c++) {
                    low[c] = Math.min(low[c], count.channel(c));
                    high[c] = Math.max(high[c], count.channel(c));
                }
            }
            int channel = 0;
            for (int c = 1; c < 3; c++) {
                channel = high[c] - low[c] > high[channel] - low[channel] ? c : channel;
            }
            // The root keeps large areas from taking all colors.
            return new Box(colors, channel, (low[channel] + high[channel]) / 2,
                    (high[channel] - low[channel]) * Math.sqrt((double) pixels));
        }

        List<Box> split() {
            List<Count> below = new ArrayList<>();
            List<Count> above = new ArrayList<>();
            colors.forEach(count -> (count.channel(channel) <= middle ? below : above).add(count));
            return List.of(of(below), of(above));
        }
    }

    private static byte[] write(int width, int height, int[] pixels, Palette palette, int level) {
        int bits = palette.colors.length <= 16 ? 4 : 8;
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(SIGNATURE);
        chunk(bytes, "IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) bits)
                .put(PALETTE_COLOR).array());
        ByteBuffer colors = ByteBuffer.allocate(3 * palette.colors.length);
        for (int color : palette.colors) {
            colors.put((byte) (color >> 16)).put((byte) (color >> 8)).put((byte) color);
        }
        chunk(bytes, "PLTE", colors.array());
        chunk(bytes, "IDAT", compressed(rows(width, height, pixels, palette, bits), level));
        chunk(bytes, "IEND", new byte[0]);
        return bytes.toByteArray();
    }

    /** One byte for the filter (none) before each row. */
    private static byte[] rows(int width, int height, int[] pixels, Palette palette, int bits) {
        int length = 1 + (width * bits + 7) / 8;
        byte[] rows = new byte[height * length];
        int last = ~pixels[0];
        int index = 0;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int pixel = pixels[y * width + x];
                if (pixel != last) {
                    last = pixel;
                    index = palette.indices.get(pixel & 0xFFFFFF);
                }
                int at = y * length + 1 + x * bits / 8;
                // The left one of two pixels in a byte has the high bits.
                rows[at] |= (byte) (bits == 4 && x % 2 == 0 ? index << 4 : index);
            }
        }
        return rows;
    }

    private static byte[] compressed(byte[] bytes, int level) {
        try (var deflater = new Deflater(level)) {
            deflater.setInput(bytes);
            deflater.finish();
            var compressed = new ByteArrayOutputStream();
            byte[] buffer = new byte[1 << 16];
            while (!deflater.finished()) {
                compressed.write(buffer, 0, deflater.deflate(buffer));
            }
            return compressed.toByteArray();
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        var sum = new CRC32();
        sum.update(name);
        sum.update(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
        out.writeBytes(name);
        out.writeBytes(content);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
    }
}
