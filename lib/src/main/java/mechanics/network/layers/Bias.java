package mechanics.network.layers;

import mechanics.linalg.Array;
import mechanics.network.Binding;
import mechanics.network.Pass;
import mechanics.network.Tensor;

/** The part c b of a layer's output, added to every row; or nothing, for a layer without a bias. */
final class Bias {
    /** Null where there is none. */
    private final Tensor b;
    private final double factor;
    private final int offset;

    private Bias(Tensor b, double factor, int offset) {
        this.b = b;
        this.factor = factor;
        this.offset = offset;
    }

    /** The parameter {@code bias} of a layer, if it has one. */
    static Bias of(boolean present, Binding binding) {
        return present
                ? new Bias(binding.parameter("bias"), binding.multiplier("bias"), binding.offset("bias"))
                : new Bias(null, 0, 0);
    }

    void forward(Pass pass, Tensor y) { if (b != null) pass.addRows(factor, b, y); }

    void backward(Pass pass, Tensor dy) { if (b != null) pass.addRowSum(factor, dy, b.adjoint()); }

    void sampleGradients(Tensor dy, Array jacobian, int stride) {
        if (b == null) return;
        int block = dy.shape().count();
        for (int i = 0; i < dy.samples(); i++) {
            jacobian.view(i * stride + offset, b.length()).sumRows(factor, dy.value().view(i * block, block),
                    0);
        }
    }
}
