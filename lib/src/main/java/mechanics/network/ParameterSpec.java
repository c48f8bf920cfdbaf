package mechanics.network;

import mechanics.base.Shape;

/**
 * What a layer needs of a parameter.
 *
 * @param name the name, unique within the layer
 * @param shape the shape; weights are outputs × inputs
 * @param role what it is for
 * @param fanIn the number of inputs that each output sums over
 * @param fanOut the number of outputs that each input reaches
 * @param inBranch whether it lies inside a residual branch
 */
public record ParameterSpec(String name, Shape shape, Role role, int fanIn, int fanOut, boolean inBranch) {
    /** Checks that the fans are positive. */
    public ParameterSpec {
        if (fanIn <= 0 || fanOut <= 0) {
            throw new IllegalArgumentException(
                    "fanIn, fanOut = " + fanIn + ", " + fanOut + ": expected positive numbers");
        }
    }

    /**
     * A matrix of weights, outputs × inputs, whose role its place decides.
     *
     * @param name unique in its layer
     * @param outputs the number of outputs
     * @param inputs the number of inputs, the fan-in
     */
    public static ParameterSpec weight(String name, int outputs, int inputs) {
        return new ParameterSpec(name, Shape.of(outputs, inputs), Role.WEIGHT, inputs, outputs, false);
    }

    /**
     * A vector that is added.
     *
     * @param name unique in its layer
     * @param outputs the number of outputs
     */
    public static ParameterSpec bias(String name, int outputs) {
        return new ParameterSpec(name, Shape.of(outputs), Role.BIAS, 1, outputs, false);
    }

    /**
     * This parameter under another name.
     *
     * @param other the new name
     */
    public ParameterSpec withName(String other) {
        return new ParameterSpec(other, shape, role, fanIn, fanOut, inBranch);
    }

    /**
     * This parameter in another role.
     *
     * @param other the new role
     */
    public ParameterSpec withRole(Role other) {
        return new ParameterSpec(name, shape, other, fanIn, fanOut, inBranch);
    }

    /** This parameter inside a residual branch. */
    public ParameterSpec withinBranch() {
        return new ParameterSpec(name, shape, role, fanIn, fanOut, true);
    }
}
