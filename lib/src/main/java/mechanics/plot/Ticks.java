package mechanics.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import mechanics.base.Numerals;

/**
 * Where an axis has its ticks and what they say: round numbers (1, 2 or 5 times a power of ten) on a linear axis,
 * decades on a logarithmic one with 2 and 5 between them where there is room, or 3 where a decade would stand alone.
 *
 * @param ticks  from low to high
 * @param factor what the labels are to be multiplied by, such as {@code ×10⁻⁶}; empty for 1
 */
public record Ticks(List<Tick> ticks, String factor) {

    /** The largest step there is. */
    private static final double LARGEST = 1e308;
    /** 10 to the power of less is no normal number. */
    private static final int LEAST_POWER = -307;
    /** Over more decades ticks without labels would be a grey bar. */
    private static final int MANY_DECADES = 40;

    /** One tick; {@code label} is empty at a minor tick. */
    public record Tick(double value, String label) {}

    /**
     * The wanted ticks, or round ones where none are wanted.
     *
     * @param count about how many labels there is room for, at least 2
     */
    public static Ticks of(Range range, double[] wanted, int count) {
        if (wanted.length > 0) {
            return explicit(range, wanted);
        }
        return range.log() ? logarithmic(range, count) : linear(range, count);
    }

    private static Ticks explicit(Range range, double[] wanted) {
        boolean binary = true;
        for (double value : wanted) {
            binary &= value > 0 && value < 1 && Math.scalb(1.0, Math.getExponent(value)) == value;
        }
        List<Tick> ticks = new ArrayList<>();
        for (double value : wanted) {
            if (range.contains(value)) {
                ticks.add(new Tick(value,
                        binary
                                ? "2" + Numerals.superscript(Math.getExponent(value))
                                : Numerals.brief(value)));
            }
        }
        return new Ticks(ticks, "");
    }

    /** The ticks that have labels. */
    List<Tick> labeled() {
        return ticks.stream().filter(tick -> !tick.label.isEmpty()).toList();
    }

    private static Ticks linear(Range range, int count) {
        // Steps below the rounding of the numbers have no ticks of their own.
        double finest = 4 * Math.ulp(Math.max(Math.abs(range.min()), Math.abs(range.max())));
        double step = roundUp(
                Math.max((range.max() / 2 - range.min() / 2) / Math.max(2, count) * 2, finest));
        while (last(range, step) - first(range, step) < 1 && finer(step) >= finest) {
            // One tick alone says nothing about the scale.
            step = finer(step);
        }
        long first = first(range, step);
        long last = last(range, step);
        double largest = Math.max(1, Math.max(Math.abs(first), Math.abs(last))) * step;
        int exponent = (int) Math.floor(Math.log10(largest) + 1e-12);
        int power = exponent >= 5 || exponent <= -3 ? Math.max(exponent, LEAST_POWER) : 0;
        int decimals = Math.max(0, power - (int) Math.floor(Math.log10(step) + 1e-9));
        List<Tick> ticks = new ArrayList<>();
        for (long i = first; i <= last; i++) {
            // Adding zero turns -0 into 0; rounding may not carry the last tick off the axis.
            double value = Math.clamp(i * step + 0.0, range.min(), range.max());
            ticks.add(new Tick(value,
                    minus(String.format(Locale.ROOT, "%." + decimals + "f", value / Math.pow(10,
                            power)))));
        }
        return new Ticks(ticks, power == 0 ? "" : "×10" + Numerals.superscript(power));
    }

    private static long first(Range range, double step) {
        return (long) Math.ceil(range.min() / step - 1e-9);
    }

    private static long last(Range range, double step) {
        return (long) Math.floor(range.max() / step + 1e-9);
    }

    /** The next smaller of 1, 2 and 5 times a power of ten. */
    private static double finer(double step) {
        // 0.35 of 5, 2 and 1 lies below 2, 1 and 0.5.
        return roundUp(step * 0.35);
    }

    private static Ticks logarithmic(Range range, int count) {
        double decades = Math.log10(range.max()) - Math.log10(range.min());
        int low = (int) Math.floor(Math.log10(range.min()) - 1e-9);
        int high = (int) Math.ceil(Math.log10(range.max()) + 1e-9);
        boolean plain = low >= -3 && high <= 4;
        if (!plain && decades <= 1.2 && low >= LEAST_POWER) {
            // Digits in the labels, their common power of ten at the axis.
            double unit = Math.pow(10, low);
            List<Tick> scaled = logarithmic(new Range(range.min() / unit, range.max() / unit, true, false),
                    count).ticks;
            return new Ticks(scaled.stream().map(tick -> new Tick(tick.value * unit, tick.label)).toList(),
                    "×10"
                            + Numerals.superscript(low));
        }
        int every = every(decades / Math.max(2, count));
        int lowest = (int) Math.ceil(Math.log10(range.min()) - 1e-9);
        int highest = (int) Math.floor(Math.log10(range.max()) + 1e-9);
        while (every > 1 && Math.floorDiv(highest, every) - Math.floorDiv(lowest - 1, every) < 2) {
            every = every <= 4 ? every - 1 : (int) Math.round(finer(every));
        }
        if (decades < 0.35) {
            // Too narrow for 1, 2 and 5: round numbers as on a linear axis.
            return linear(range, count);
        }
        double[] labeled = digits(decades, count, highest > lowest);
        List<Tick> ticks = new ArrayList<>();
        for (int decade = low; decade <= high; decade++) {
            if (labeled.length > 6 && range.contains(1.5 * Math.pow(10, decade))) {
                ticks.add(new Tick(1.5 * Math.pow(10, decade), inDecade(1.5, decade, plain)));
            }
            for (int digit = 1; digit <= 9; digit++) {
                double value = Double.parseDouble(digit + "e" + decade);
                if (!range.contains(value) || (digit > 1 && (every > 1 || decades > 9))) {
                    continue;
                }
                boolean label = Math.floorMod(decade, every) == 0 && contains(labeled, digit);
                if (!label && decades > MANY_DECADES) {
                    continue;
                }
                ticks.add(new Tick(value, label ? inDecade(digit, decade, plain) : ""));
            }
        }
        ticks.sort((a, b) -> Double.compare(a.value, b.value));
        return new Ticks(ticks, "");
    }

    /** Decades from label to label: any number up to four, then a round one. */
    private static int every(double least) {
        if (least <= 4) {
            return (int) Math.max(1, Math.ceil(least));
        }
        return (int) Math.round(roundUp(least));
    }

    /** Which digits of a decade have labels. */
    private static double[] digits(double decades, int count, boolean severalDecades) {
        if (decades <= 0.9) {
            return new double[]{1, 1.5, 2, 3, 4, 5, 7};
        }
        boolean room = decades <= 1.2 || 3 * decades <= count + 1;
        if (decades <= 2.2 && room) {
            return new double[]{1, 2, 5};
        }
        // One label alone says nothing about the scale.
        return severalDecades ? new double[]{1} : new double[]{1, 3};
    }

    private static boolean contains(double[] values, double value) {
        for (double each : values) {
            if (each == value) {
                return true;
            }
        }
        return false;
    }

    private static String inDecade(double digits, int decade, boolean plain) {
        if (plain) {
            return Numerals.brief(digits * Math.pow(10, decade));
        }
        return (digits == 1 ? "" : Numerals.brief(digits) + "×") + "10" + Numerals.superscript(decade);
    }

    /** The least of 1, 2, 5 times a power of ten that is not below {@code step}. */
    private static double roundUp(double step) {
        double power = Double.parseDouble("1e" + (int) Math.floor(Math.log10(step)));
        for (double digit : new double[]{1, 2, 5}) {
            if (step <= digit * power * (1 + 1e-9) && Double.isFinite(digit * power)) {
                return digit * power;
            }
        }
        return Math.min(10 * power, LARGEST);
    }

    private static String minus(String number) { return number.replace('-', '−'); }
}
