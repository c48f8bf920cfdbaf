package mechanics.plot;

import java.awt.Color;

/** Colors for numbers, readable by the color-blind and in grey. */
final class ColorMap {

    /** From dark to light in even steps of lightness; nine samples of viridis (Smith and van der Walt 2015, CC0). */
    static final ColorMap SEQUENTIAL = new ColorMap(0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C,
            0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725);
    /** White at the middle, blue below, vermilion above. */
    static final ColorMap DIVERGING = new ColorMap(0x08306B, 0x0072B2, 0x8FC3E0, 0xFFFFFF, 0xF6B48F, 0xD55E00,
            0x7A2600);
    /** Black to white. */
    static final ColorMap GREY = new ColorMap(0x000000, 0xFFFFFF);

    private final int[] samples;

    private ColorMap(int... samples) { this.samples = samples; }

    /** The color at {@code place} in 0..1; beyond, the color of the nearer end. */
    Color at(double place) {
        double scaled = Math.clamp(place, 0, 1) * (samples.length - 1);
        int index = Math.min((int) scaled, samples.length - 2);
        double share = scaled - index;
        int color = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int low = samples[index] >> shift & 0xFF;
            int high = samples[index + 1] >> shift & 0xFF;
            color |= (int) Math.round(low + share * (high - low)) << shift;
        }
        return new Color(color);
    }
}
