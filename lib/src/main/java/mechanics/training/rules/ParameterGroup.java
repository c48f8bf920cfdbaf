package mechanics.training.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import mechanics.linalg.Array;
import mechanics.training.Derivatives;

/** Parameters that lie side by side and learn at one rate, with their gradients. */
public final class ParameterGroup {
    private final Array theta;
    private final Array gradient;
    private final double factor;
    private final int offset;
    private final int total;
    private final Map<String, Array> carried;

    private ParameterGroup(Derivatives loss, int offset, int length, double factor,
            Map<String, Array> carried) {
        Array all = loss.network().parameters().array();
        theta = all.view(offset, length);
        gradient = loss.workspace().gradient().view(offset, length);
        total = all.length();
        this.offset = offset;
        this.factor = factor;
        this.carried = carried;
    }

    /**
     * The parameters of a network as as few groups as their rates allow.
     *
     * @param carried where {@link #carry} puts what it makes. Modified.
     */
    static List<ParameterGroup> of(Descent<?> rule, Derivatives loss, Map<String, Array> carried) {
        var groups = new ArrayList<ParameterGroup>();
        int from = 0;
        int to = 0;
        double factor = 0;
        for (var view : loss.network().parameters().views()) {
            double next = rule.factor(view.scaling());
            if (next != factor && to > from) {
                groups.add(new ParameterGroup(loss, from, to - from, factor, carried));
                from = to;
            }
            factor = next;
            to += view.count();
        }
        if (to > from) groups.add(new ParameterGroup(loss, from, to - from, factor, carried));
        return groups;
    }

    /** θ of the group: writing to it moves the network. */
    public Array theta() { return theta; }

    /** ∂L/∂θ of the group at the batch of this step. */
    public Array gradient() { return gradient; }

    /** The part of any vector over all parameters that belongs to the group. */
    Array of(Array vector) {
        return vector.view(offset, theta.length());
    }

    /** r, the factor on the learning rate. */
    public double factor() { return factor; }

    /**
     * Numbers that the rule carries from step to step, one for each parameter, at first zero.
     *
     * @param name under which it is saved
     */
    public Array carry(String name) { return of(carried.computeIfAbsent(name, _ -> theta.like(total))); }
}
