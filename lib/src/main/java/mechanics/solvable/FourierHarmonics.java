package mechanics.solvable;

import java.util.function.DoubleUnaryOperator;

/**
 * Waves on M equally spaced points of a circle: 1, then √2 cos kθ and √2 sin kθ for k below M/2, and cos(Mθ/2) where M is
 * even. Kernels that depend on the angle are circulant matrices there, and the eigenvalues are their discrete Fourier
 * transform.
 *
 * @param points M, at least 1
 */
public record FourierHarmonics(int points) implements Harmonics {

    /** Checks the number. */
    public FourierHarmonics {
        if (points < 1) throw new IllegalArgumentException("points = " + points + ": expected at least 1");
    }

    @Override
    public int levels() { return points / 2 + 1; }

    @Override
    public boolean complete() { return true; }

    @Override
    public double multiplicity(int level) {
        Harmonics.check(level, levels());
        return alone(level) ? 1 : 2;
    }

    @Override
    public double polynomial(int level, double cosine) {
        return Math.cos(Harmonics.check(level, levels()) * Math.acos(Math.clamp(cosine, -1.0, 1.0)));
    }

    @Override
    public double eigenvalue(int level, DoubleUnaryOperator kernel) {
        Harmonics.check(level, levels());
        double sum = 0;
        for (int j = 0; j < points; j++) {
            // The phase of whole turns is taken out before the cosine.
            double phase = (double) ((long) j * level % points) / points;
            sum += kernel.applyAsDouble(Math.cos(2 * Math.PI * j / points)) * Math.cos(2 * Math.PI * phase);
        }
        return sum / points;
    }

    /** √2 cos kθ, with θ counted from (1, 0). */
    @Override
    public double[] eigenfunction(int level, double[][] x) {
        Harmonics.check(level, levels());
        var values = new double[x.length];
        double size = alone(level) ? 1 : Math.sqrt(2);
        for (int i = 0; i < values.length; i++)
            values[i] = size * Math.cos(level * Math.atan2(x[i][1], x[i][0]));
        return values;
    }

    /** Whether the sine of this level vanishes on all points. */
    private boolean alone(int level) {
        return level == 0 || 2 * level == points;
    }
}
