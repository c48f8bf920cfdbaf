package mechanics.training.tasks;

import java.util.function.IntFunction;
import java.util.function.Supplier;

import mechanics.base.Require;
import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Activation;
import mechanics.network.Layer;
import mechanics.network.Network;
import mechanics.network.layers.Dense;
import mechanics.network.layers.Reshape;
import mechanics.training.Derivatives;

/**
 * Compares exact derivatives with finite differences: for those who write an activation, a layer or a task. Call it
 * in a test. It returns nothing if all is well, and else names the derivative, the entry and both numbers.
 *
 * <p>A difference is (8 g(h) − 8 g(−h) − g(2h) + g(−2h)) / 12h with h = 2 · 10⁻⁵, in double precision; an entry is
 * wrong if it is off by more than 10⁻⁶ of the largest entry, or of 1 if all are smaller. Points at which a derivative
 * jumps, such as 0 for ReLU, are not for this check.
 */
public final class DerivativeCheck {
    private static final double STEP = 2e-5;
    private static final double TOLERANCE = 1e-6;
    private static final int SAMPLES = 4;

    private final Derivatives derivatives;
    private final Array theta;

    private DerivativeCheck(Derivatives derivatives) {
        this.derivatives = derivatives;
        theta = derivatives.network().parameters().array();
    }

    /**
     * Checks φ′ and φ″ of an activation. Cost: 10 evaluations a point.
     *
     * @param activation φ
     * @param points where it is checked, away from jumps of φ or φ′; one number each
     * @throws DerivativeMismatchException where a derivative is not that of what stands before it
     */
    public static void activation(Activation activation, double... points) {
        if (points.length == 0) throw new IllegalArgumentException("points is empty: expected at least one");
        double[] slopes = new double[points.length];
        double[] curvatures = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            double z = Require.finite("points[" + i + "]", points[i]);
            slopes[i] = difference(step -> activation.value(z + step * STEP));
            curvatures[i] = difference(step -> activation.slope(z + step * STEP));
        }
        for (int i = 0; i < points.length; i++) {
            String at = "(" + points[i] + ") of " + activation;
            compare("φ′" + at, slopes[i], activation.slope(points[i]), 1);
            compare("φ″" + at, curvatures[i], activation.curvature(points[i]), 1);
        }
    }

    /**
     * Checks every derivative of a layer that takes real numbers, on random data and behind another layer, so that its
     * inputs depend on parameters as they do in a network: gradient, Hessian-vector product, Jacobian and its product
     * with a vector, gradient with respect to the inputs. Cost: about 4 P + 4 d gradients for P parameters.
     *
     * @param layer the layer
     * @param input the shape of one input; small, as every parameter is moved
     * @throws DerivativeMismatchException where a derivative is wrong, with its entry
     */
    public static void layer(Layer layer, Shape input) {
        var network = Network.of(input, new Reshape(Shape.of(input.count())), Dense.of(input.count()),
                new Reshape(input), layer).precision(Precision.FLOAT64).build();
        var random = Seed.of(1).stream("derivative check");
        Array theta = network.parameters().array();
        for (int i = 0; i < theta.length(); i++) theta.set(i, theta.get(i) + 0.3 * random.nextGaussian());
        network.parameters().changed();
        Array inputs = Precision.FLOAT64.array(SAMPLES * input.count());
        inputs.fillGaussian(random, 1);
        Array targets = Precision.FLOAT64.array(SAMPLES * network.output().count());
        targets.fillGaussian(random, 1);
        var derivatives = Derivatives.of(network, SquaredError.HALF_MEAN, inputs, targets);
        parameters(derivatives);
        new DerivativeCheck(derivatives).inputs();
    }

    /**
     * Checks every derivative of a loss with respect to the parameters, at the network's present parameters and the
     * selected samples: gradient, Hessian-vector product, Jacobian (if the network has one) and its product with a
     * vector. The parameters are moved and put back to the same bits. Cost: about 4 P losses for P parameters.
     *
     * @param derivatives the loss of a network in double precision
     * @throws DerivativeMismatchException where a derivative is wrong, with its entry
     * @throws IllegalArgumentException where the network is in single precision, which is too coarse for differences
     */
    public static void parameters(Derivatives derivatives) {
        if (derivatives.network().precision() != Precision.FLOAT64) {
            throw new IllegalArgumentException("network in " + derivatives.network().precision()
                    + ": expected FLOAT64, as differences of single precision tell nothing");
        }
        var check = new DerivativeCheck(derivatives);
        check.gradient();
        check.products();
    }

    private void gradient() {
        Array exact = derivatives.gradient().copy();
        Array expected = exact.like(exact.length());
        for (int i = 0; i < theta.length(); i++) {
            int entry = i;
            double start = theta.get(i);
            expected.set(i, difference(step -> {
                theta.set(entry, start + step * STEP);
                derivatives.network().parameters().changed();
                return derivatives.loss();
            }));
            theta.set(i, start);
            derivatives.network().parameters().changed();
        }
        compare("∂L/∂θ", expected, exact, this::parameter);
    }

    private void products() {
        Array v = theta.like(theta.length());
        v.fillGaussian(Seed.of(2).stream("direction"), 1);
        Array exact = v.like(v.length());
        derivatives.hessianVectorProduct(v, exact);
        compare("H v", along(v, derivatives::gradient), exact, this::parameter);
        Array slopes = v.like(derivatives.outputs().length());
        derivatives.jvp(v, slopes);
        compare("J v", along(v, derivatives::outputs), slopes, this::output);
        Array jacobian;
        try {
            jacobian = derivatives.jacobian();
        } catch (UnsupportedOperationException _) {
            return; // samples that share statistics have no gradients of their own
        }
        Array product = v.like(slopes.length());
        product.gemm(1, jacobian, false, v, false, slopes.length(), 1, v.length(), 0);
        compare("Jacobian from the samples' gradients, times v,", slopes, product, this::output);
    }

    private void inputs() {
        Array x = derivatives.inputs();
        Array exact = derivatives.inputGradient();
        Array expected = x.like(x.length());
        for (int i = 0; i < x.length(); i++) {
            int entry = i;
            double start = x.get(i);
            expected.set(i, difference(step -> {
                x.set(entry, start + step * STEP);
                derivatives.invalidate();
                return derivatives.loss();
            }));
            x.set(i, start);
            derivatives.invalidate();
        }
        int width = derivatives.network().input().count();
        compare("∂L/∂x", expected, exact, i -> "sample " + i / width + ", input " + i % width);
    }

    /** The derivative of g along v in parameter space. */
    private Array along(Array v, Supplier<Array> g) {
        Array start = theta.copy();
        Array slope = null;
        for (int step : new int[]{-2, -1, 1, 2}) {
            theta.copy(start);
            theta.add(step * STEP, v);
            derivatives.network().parameters().changed();
            Array value = g.get();
            if (slope == null) slope = value.like(value.length());
            slope.add(weight(step) / (12 * STEP), value);
        }
        theta.copy(start);
        derivatives.network().parameters().changed();
        return slope;
    }

    /** The derivative of a function of the number of steps from where it is taken. */
    private static double difference(IntToDouble g) {
        double sum = 0;
        for (int step : new int[]{-2, -1, 1, 2}) sum += weight(step) * g.at(step);
        return sum / (12 * STEP);
    }

    private static double weight(int step) { return Integer.signum(step) * (Math.abs(step) == 1 ? 8 : -1); }

    @FunctionalInterface
    private interface IntToDouble {
        double at(int step);
    }

    private String parameter(int index) {
        for (var view : derivatives.network().parameters().views()) {
            if (index < view.offset() + view.count()) {
                return view.name() + ", entry " + (index - view.offset());
            }
        }
        throw new IndexOutOfBoundsException(index);
    }

    private String output(int index) {
        int width = derivatives.network().output().count();
        return "sample " + index / width + ", output " + index % width;
    }

    private static void compare(String what, Array expected, Array exact, IntFunction<String> entry) {
        for (int i = 0; i < expected.length(); i++) {
            int index = i;
            compare(what + " at " + entry.apply(index), expected.get(i), exact.get(i), expected.largest());
        }
    }

    /** Takes NaN as a difference too. */
    private static void compare(String what, double expected, double exact, double largest) {
        if (Math.abs(exact - expected) <= TOLERANCE * Math.max(1, Math.max(largest, Math.abs(expected))))
            return;
        throw new DerivativeMismatchException(
                what + " = " + exact + ": expected " + expected + " from finite differences");
    }
}
