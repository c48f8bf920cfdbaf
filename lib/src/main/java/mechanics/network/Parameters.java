package mechanics.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import mechanics.linalg.Array;
import mechanics.linalg.Precision;

/**
 * All parameters θ of a network: one flat vector, and a named, shaped window on it for each. Gradients, directions
 * and everything else that lives in parameter space have the same layout.
 */
public final class Parameters {
    private final Array array;
    private final Map<String, ParameterView> views = new LinkedHashMap<>();
    private long version;

    Parameters(List<ParameterSpec> specs, Parameterization parameterization, int branches,
            Precision precision) {
        int offset = 0;
        for (var spec : specs) {
            var view = new ParameterView(spec, parameterization.scaling(spec, branches), offset, this);
            if (views.put(spec.name(), view) != null) {
                throw new IllegalArgumentException(
                        "parameter name " + spec.name() + ": expected each name once");
            }
            offset = Math.addExact(offset, spec.shape().count());
        }
        array = precision.array(offset);
    }

    /** The number of parameters, P. */
    public int count() { return array.length(); }

    /** θ itself: writing to it writes to the network. Then call {@link #changed}. */
    public Array array() {
        return array;
    }

    /** The parameters one by one, in their order in memory. */
    public List<ParameterView> views() {
        return new ArrayList<>(views.values());
    }

    /**
     * The parameter with the given name.
     *
     * @param name as in the list of views
     */
    public ParameterView view(String name) {
        var view = views.get(name);
        if (view == null) {
            throw new IllegalArgumentException("parameter = " + name + ": expected one of " + views.keySet());
        }
        return view;
    }

    /**
     * θ = the given vector, converted to this network's precision. Modified.
     *
     * @param theta θ, P numbers
     */
    public void set(Array theta) {
        array.copy(theta);
        changed();
    }

    /** Says that the numbers were changed, so that derivatives computed before are no longer used. Modified. */
    public void changed() {
        version++;
    }

    /** A number that grows with each change. */
    public long version() { return version; }
}
