package mechanics.network.layers;

import mechanics.network.Node;
import mechanics.network.Pass;
import mechanics.network.Tensor;

/**
 * A node y = A x with a fixed linear map A: its tangent is A ẋ, and the adjoint of x is Aᵀ times that of y, so that
 * second derivatives of y are zero.
 *
 * @param map A
 * @param adjoint Aᵀ
 */
record LinearNode(Tensor x, Tensor output, Pass.Linear map,
        Pass.Linear adjoint) implements Node.WithoutParameters {
    @Override
    public void forward(Pass pass) {
        output.clear(pass);
        pass.addLinear(map, x, output);
        output.settle(pass);
    }

    @Override
    public void backward(Pass pass) { pass.addLinear(adjoint, output.adjoint(), x.adjoint()); }
}
