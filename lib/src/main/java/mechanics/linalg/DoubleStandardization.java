package mechanics.linalg;

import java.util.Arrays;

/** The loops of {@link Standardization} on {@code double[]}; of columns, sums are kept in double precision. */
@SuppressWarnings("cast") // which the generated twin needs
final class DoubleStandardization {
    private DoubleStandardization() {}

    static void rows(double[] x, int atX, double epsilon, double[] y, int atY, double[] r, int atR,
            int rows,
            int width) {
        for (int i = 0; i < rows; i++) {
            int from = atX + i * width;
            int to = atY + i * width;
            double mean = DoubleRun.sum(x, from, width) / width;
            for (int j = 0; j < width; j++) y[to + j] = x[from + j] - mean;
            double variance = DoubleRun.dot(y, to, y, to, width) / width;
            double scale = 1 / (double) Math.sqrt(variance + epsilon);
            for (int j = to; j < to + width; j++) y[j] *= scale;
            r[atR + i] = scale;
        }
    }

    static void rowsDerivative(double[] h, int atH, double[] r, int atR, double[] v, int atV, double beta,
            double[] y, int atY, double[] slope, int atSlope, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            double scale = r[atR + i];
            double mean = DoubleRun.sum(v, atV + row, width) / width;
            double along = DoubleRun.dot(h, atH + row, v, atV + row, width) / width;
            if (beta == 0) {
                for (int j = row; j < row + width; j++) {
                    y[atY + j] = scale * (v[atV + j] - mean - h[atH + j] * along);
                }
            } else {
                for (int j = row; j < row + width; j++) {
                    y[atY + j] = scale * (v[atV + j] - mean - h[atH + j] * along) + beta * y[atY + j];
                }
            }
            if (slope != null) slope[atSlope + i] = -scale * scale * along;
        }
    }

    static void addRowsSecondDerivative(double[] h, int atH, double[] q, int atQ, double[] r, int atR,
            double[] s,
            int atS, double[] v, int atV, double[] y, int atY, int rows, int width) {
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            double scale = r[atR + i];
            double change = s[atS + i];
            double mean = DoubleRun.sum(v, atV + row, width) / width;
            double along = DoubleRun.dot(h, atH + row, v, atV + row, width) / width;
            double turn = DoubleRun.dot(q, atQ + row, v, atV + row, width) / width;
            for (int j = row; j < row + width; j++) {
                double hat = h[atH + j];
                y[atY + j] += change * (v[atV + j] - mean - hat * along)
                        - scale * (q[atQ + j] * along + hat * turn);
            }
        }
    }

    static void columns(double[] x, int atX,
            double epsilon, // both: double
            double[] y, int atY, double[] r, int atR, int rows, int width,
            double[] sums) { // both: double
        Arrays.fill(sums, 0, 2 * width, 0);
        for (int i = 0; i < rows; i++) {
            int from = atX + i * width;
            for (int j = 0; j < width; j++) sums[j] += x[from + j];
        }
        for (int j = 0; j < width; j++) sums[j] /= rows;
        for (int i = 0; i < rows; i++) {
            int from = atX + i * width;
            for (int j = 0; j < width; j++) {
                double d = x[from + j] - sums[j]; // both: double
                sums[width + j] += d * d;
            }
        }
        for (int j = 0; j < width; j++) {
            sums[width + j] = 1 / Math.sqrt(sums[width + j] / rows + epsilon);
            r[atR + j] = (double) sums[width + j];
        }
        for (int i = 0; i < rows; i++) {
            int from = atX + i * width;
            int to = atY + i * width;
            for (int j = 0; j < width; j++) {
                y[to + j] = (double) ((x[from + j] - sums[j]) * sums[width + j]);
            }
        }
    }

    static void columnsDerivative(double[] h, int atH, double[] r, int atR, double[] v, int atV,
            double beta,
            double[] y, int atY, int rows, int width,
            double[] sums) { // both: double
        columnSums(h, atH, v, atV, rows, width, sums);
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            for (int j = 0; j < width; j++) {
                int k = row + j;
                double term = (double) (r[atR + j]
                        * (v[atV + k] - sums[j] / rows - h[atH + k] * (sums[width + j] / rows)));
                y[atY + k] = beta == 0 ? term : term + beta * y[atY + k];
            }
        }
    }

    static void addColumnsSecondDerivative(double[] h, int atH, double[] q, int atQ, double[] r, int atR,
            double[] s,
            int atS, double[] v, int atV, double[] y, int atY, int rows, int width,
            double[] sums) { // both: double
        columnSums(h, atH, v, atV, rows, width, sums);
        Arrays.fill(sums, 2 * width, 3 * width, 0);
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            for (int j = 0; j < width; j++)
                sums[2 * width + j] += (double) q[atQ + row + j] * v[atV + row + j]; // both: double
        }
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            for (int j = 0; j < width; j++) {
                int k = row + j;
                double along = sums[width + j] / rows; // both: double
                double hat = h[atH + k]; // both: double
                y[atY + k] += (double) (s[atS + j] * (v[atV + k] - sums[j] / rows - hat * along)
                        - r[atR + j] * (q[atQ + k] * along + hat * (sums[2 * width + j] / rows)));
            }
        }
    }

    /** Sums over the rows of v, and of h ∘ v. */
    private static void columnSums(double[] h, int atH, double[] v, int atV, int rows, int width,
            double[] sums) { // both: double
        Arrays.fill(sums, 0, 2 * width, 0);
        for (int i = 0; i < rows; i++) {
            int row = i * width;
            for (int j = 0; j < width; j++) {
                sums[j] += v[atV + row + j];
                sums[width + j] += (double) h[atH + row + j] * v[atV + row + j]; // both: double
            }
        }
    }
}
