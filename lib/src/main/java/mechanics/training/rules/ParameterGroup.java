package mechanics.training.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.network.ParameterView;
import mechanics.network.Role;
import mechanics.training.Derivatives;

/**
 * Parameters that lie side by side and learn at one rate, with their gradients. A rule that treats all numbers alike
 * works on the whole group; one that looks at names, shapes or rows takes its {@link #views}.
 */
public final class ParameterGroup {
    private final Descent<?> rule;
    private final Array theta;
    private final Array gradient;
    private final double factor;
    private final int offset;
    private final int total;
    private final Map<String, Array> carried;
    private final List<View> views = new ArrayList<>();

    private ParameterGroup(Descent<?> rule, double factor, Derivatives loss, List<ParameterView> parameters,
            Map<String, Array> carried) {
        this.rule = rule;
        this.factor = factor;
        this.carried = carried;
        Array all = loss.network().parameters().array();
        total = all.length();
        offset = parameters.getFirst().offset();
        int length = parameters.stream().mapToInt(ParameterView::count).sum();
        theta = all.view(offset, length);
        gradient = loss.workspace().gradient().view(offset, length);
        for (var parameter : parameters) views.add(new View(parameter));
    }

    /**
     * The parameters of a network as as few groups as their rules and rates allow.
     *
     * @param carried where {@link #carry} puts what it makes. Modified.
     */
    static List<ParameterGroup> of(Descent<?> whole, Derivatives loss, Map<String, Array> carried) {
        var groups = new ArrayList<ParameterGroup>();
        var parameters = new ArrayList<ParameterView>();
        Descent<?> rule = null;
        double factor = 0;
        for (var view : loss.network().parameters().views()) {
            Descent<?> nextRule = whole.ruleOf(view);
            double next = nextRule.factor(view.scaling());
            if (!parameters.isEmpty() && (next != factor || !nextRule.equals(rule))) {
                groups.add(new ParameterGroup(rule, factor, loss, parameters, carried));
                parameters.clear();
            }
            rule = nextRule;
            factor = next;
            parameters.add(view);
        }
        if (!parameters.isEmpty()) {
            groups.add(new ParameterGroup(rule, factor, loss, parameters, carried));
        }
        return groups;
    }

    /** One parameter of a group: its name and shape, and where its numbers and gradients are. */
    public final class View {
        private final ParameterView parameter;

        private View(ParameterView parameter) { this.parameter = parameter; }

        /** The full name, as in {@code layer1.weight}. */
        public String name() { return parameter.name(); }

        /** The shape; weights are outputs × inputs. */
        public Shape shape() { return parameter.shape(); }

        /** What it is for. */
        public Role role() { return parameter.spec().role(); }

        /** The index of its first number in the group. */
        public int offset() {
            return parameter.offset() - offset;
        }

        /** The number of its numbers. */
        public int count() { return parameter.count(); }

        /**
         * The part of any vector over the group (what a rule carries) that belongs to this parameter.
         *
         * @param vector one number for each parameter of the group
         */
        public Array of(Array vector) { return vector.view(offset(), count()); }

        /** θ, row by row: writing to it moves the network. */
        public Array theta() { return of(theta); }

        /** ∂L/∂θ at the batch of this step, row by row. */
        public Array gradient() { return of(gradient); }

        /** θ as rows in new Java arrays; a vector is one row. */
        public double[][] rows() {
            return theta().toRows(shape().columns());
        }

        /** ∂L/∂θ as rows in new Java arrays; a vector is one row. */
        public double[][] gradientRows() {
            return gradient().toRows(shape().columns());
        }

        @Override
        public String toString() { return parameter.toString(); }
    }

    /** The parameters of the group one by one, in their order in memory. */
    public List<View> views() {
        return List.copyOf(views);
    }

    /** θ of the group: writing to it moves the network. */
    public Array theta() { return theta; }

    /** ∂L/∂θ of the group at the batch of this step. */
    public Array gradient() { return gradient; }

    /** The rule that moves the group. */
    Descent<?> rule() { return rule; }

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
