package mechanics.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Points of a series one after another; NaN in both coordinates is a gap. */
final class Points {

    private double[] x = new double[16];
    private double[] y = new double[16];
    private int size;

    /** A gap if either coordinate is NaN. */
    Points add(double pointX, double pointY) {
        if (size == x.length) {
            x = Arrays.copyOf(x, 2 * size);
            y = Arrays.copyOf(y, 2 * size);
        }
        boolean gap = Double.isNaN(pointX) || Double.isNaN(pointY);
        x[size] = gap ? Double.NaN : pointX;
        y[size] = gap ? Double.NaN : pointY;
        size++;
        return this;
    }

    Points addGap() { return add(Double.NaN, Double.NaN); }

    /** The outline of a rectangle between two corners, and a gap. */
    Points addRectangle(double x0, double y0, double x1, double y1) {
        return add(x0, y0).add(x0, y1).add(x1, y1).add(x1, y0).add(x0, y0).addGap();
    }

    /** Outlines of the areas between two curves, one for each run of points without a gap, and a gap after each. */
    static Points between(double[] x, double[] low, double[] high) {
        var outlines = new Points();
        int start = 0;
        for (int end = 0; end <= x.length; end++) {
            if (end == x.length || Double.isNaN(x[end]) || Double.isNaN(low[end])
                    || Double.isNaN(high[end])) {
                for (int i = start; i < end; i++) {
                    outlines.add(x[i], high[i]);
                }
                for (int i = end - 1; i >= start; i--) {
                    outlines.add(x[i], low[i]);
                }
                outlines.addGap();
                start = end + 1;
            }
        }
        return outlines;
    }

    int size() { return size; }

    double x(int i) { return x[i]; }

    double y(int i) { return y[i]; }

    double[] xs() { return Arrays.copyOf(x, size); }

    double[] ys() { return Arrays.copyOf(y, size); }

    /** The last point that is not a gap; nothing if all are. */
    Points last() {
        var last = new Points();
        for (int i = size - 1; i >= 0; i--) {
            if (!Double.isNaN(x[i])) {
                return last.add(x[i], y[i]);
            }
        }
        return last;
    }

    /** The stretches between gaps. */
    List<Points> runs() {
        List<Points> runs = new ArrayList<>();
        var run = new Points();
        for (int i = 0; i < size; i++) {
            if (!Double.isNaN(x[i])) {
                run.add(x[i], y[i]);
            } else if (run.size > 0) {
                runs.add(run);
                run = new Points();
            }
        }
        if (run.size > 0) {
            runs.add(run);
        }
        return runs;
    }
}
