package mechanics.network.layers;

import java.util.List;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Rows;
import mechanics.network.Binding;
import mechanics.network.Node;
import mechanics.network.ParameterSpec;
import mechanics.network.Pass;
import mechanics.network.Role;
import mechanics.network.Tensor;

/**
 * A node y = c g ∘ x̂ + c′ b with standardized x̂: what batch and layer normalization share. How x becomes x̂, with
 * its derivative N(v) along v (symmetric, so its own adjoint) and the change Ṅ of N, is theirs.
 */
abstract class NormalizationNode implements Node {
    private final Tensor x;
    private final Tensor xHat;
    private final Tensor y;
    private final Tensor gain;
    private final int gainOffset;
    private final double factor;
    private final Bias bias;
    private final Pass.Bilinear multiply = this::multiply;
    private final Pass.Bilinear sumProducts = this::sumProducts;

    NormalizationNode(Binding binding) {
        x = binding.input();
        xHat = binding.tensor(x.shape());
        xHat.setConstant(x.isConstant());
        y = binding.tensor(x.shape());
        gain = binding.parameter("gain");
        gainOffset = binding.offset("gain");
        factor = binding.multiplier("gain");
        bias = Bias.of(true, binding);
    }

    /** x. */
    final Tensor input() { return x; }

    /** The gains and biases of rows of the given width. */
    static List<ParameterSpec> parameters(int width) {
        return List.of(new ParameterSpec("gain", Shape.of(width), Role.GAIN, 1, width, false),
                ParameterSpec.bias("bias", width));
    }

    static void requirePositive(double epsilon) {
        if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
            throw new IllegalArgumentException("epsilon = " + epsilon + ": expected a positive number");
        }
    }

    /** x̂ from x. Modified: xHat. */
    abstract void standardize(Array input, Array standardized);

    /** x̂̇ = N(v). Modified: xHatTangent. */
    abstract void differentiate(Array standardized, Array v, Array tangent);

    /** dx = N(v) + β dx. Modified: dx. */
    abstract void addAdjoint(Array standardized, Array v, double beta, Array dx);

    /** dx = Ṅ(v) + dx. Modified: dx. */
    abstract void addAdjointTangent(Array standardized, Array tangent, Array v, Array dx);

    @Override
    public final Tensor output() { return y; }

    @Override
    public final void forward(Pass pass) {
        xHat.clear(pass);
        xHat.markWritten(pass);
        if (pass == Pass.VALUE) {
            standardize(x.value(), xHat.value());
        } else if (!x.isConstant()) {
            differentiate(xHat.value(), x.tangent(), xHat.tangent());
        }
        y.clear(pass);
        bias.forward(pass, y);
        pass.addBilinear(multiply, xHat, gain, y);
        y.settle(pass);
    }

    @Override
    public final void backward(Pass pass) {
        Tensor dy = y.adjoint();
        pass.addBilinear(sumProducts, dy, xHat, gain.adjoint());
        bias.backward(pass, dy);
        Tensor dx = x.adjoint();
        if (dx.isConstant()) return;
        Tensor dHat = xHat.adjoint();
        pass.addBilinear(multiply, dy, gain, dHat);
        dHat.settle(pass);
        addAdjoint(xHat.value(), dHat.array(pass), dx.markAdded(pass), dx.array(pass));
        if (pass == Pass.TANGENT) {
            addAdjointTangent(xHat.value(), xHat.tangent(), dHat.value(), dx.tangent());
        }
    }

    private void multiply(Array rows, Array row, double beta, Array result) {
        Rows.multiply(factor, rows, row, beta, result);
    }

    private void sumProducts(Array a, Array b, double beta, Array row) {
        Rows.sumProducts(factor, a, b, beta, row);
    }

    @Override
    public boolean sampleGradients(Array jacobian, int stride) {
        Array delta = y.adjoint().value();
        int block = y.shape().count();
        for (int i = 0; i < y.samples(); i++) {
            Rows.sumProducts(factor, delta.view(i * block, block), xHat.value().view(i * block, block), 0,
                    jacobian.view(i * stride + gainOffset, gain.length()));
        }
        bias.sampleGradients(y.adjoint(), jacobian, stride);
        return true;
    }
}
