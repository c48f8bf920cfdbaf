package mechanics.network;

import java.util.List;

import mechanics.linalg.Array;

/**
 * A layer at work in a {@link Workspace}: it knows the tensors it reads and writes. Forward and backward are written
 * over the operations of {@link Pass} and hold for values and tangents alike.
 */
public interface Node {
    /** What this node computes. */
    Tensor output();

    /** The nodes that compute this one, one after another: the links of a chain, else this node alone. */
    default List<Node> stages() {
        return List.of(this);
    }

    /**
     * Computes the output from the input and the parameters. Modified: the output.
     *
     * @param pass values or tangents
     */
    void forward(Pass pass);

    /**
     * From the adjoint of the output, adds to the adjoints of the parameters and of the input. What it needs of the
     * forward pass must still be there. Modified: those adjoints.
     *
     * @param pass values or tangents
     */
    void backward(Pass pass);

    /**
     * Writes each sample's gradient with respect to the parameters of this node, Σ δ ∂output/∂θ, after a backward
     * pass that left δ, the adjoint of the output: the gradient of sample i to the entries of {@code jacobian} from
     * {@code i · stride + }the parameter's offset on. Modified: jacobian.
     *
     * @param jacobian rows of P numbers; written to
     * @param stride the distance between the rows of two samples, in entries
     * @return false where this node has no such formula; the caller then runs one sample at a time
     */
    default boolean sampleGradients(Array jacobian, int stride) { return false; }

    /**
     * Adds Σ over the parameters of this node of ∂fᵢ/∂θ ∂fⱼ/∂θ to entry (i, j) of {@code kernel}, n × n, without
     * forming the gradients, after a backward pass that left the adjoints. Modified: kernel and the scratch.
     *
     * @param kernel n × n; added to
     * @param scratch two arrays of n × n
     * @param moreScratch n × n; written to
     * @return false where this node has no such shortcut: {@code kernel} may then hold a part of the sum, and the
     *         caller starts again from the gradients
     */
    default boolean addTangentKernel(Array kernel, Array scratch, Array moreScratch) { return false; }

    /** A node that has no parameters, and so adds nothing to gradients and kernels. */
    interface WithoutParameters extends Node {
        @Override
        default boolean sampleGradients(Array jacobian, int stride) { return true; }

        @Override
        default boolean addTangentKernel(Array kernel, Array scratch, Array moreScratch) { return true; }
    }
}
