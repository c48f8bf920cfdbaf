package mechanics.lab.predictions;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import mechanics.base.Renderable;
import mechanics.base.Rendering;

/** Several checks in one table; the JSON beside it is the list of theirs. Made by {@link Check#all}. */
public record Checks(List<Check> checks) implements Renderable {

    /** Requires at least one check; copies the list. */
    public Checks {
        checks = List.copyOf(checks);
        if (checks.isEmpty()) {
            throw new IllegalArgumentException("no checks: expected at least one");
        }
    }

    /** Whether all came out as they should. */
    public boolean passed() {
        return checks.stream().allMatch(Check::passed);
    }

    @Override
    public Rendering render() {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(Rendering.CHECK, checks.stream().map(Check::json).toList());
        data.put(Rendering.HTML,
                checks.stream().map(check -> (String) check.render().data().get(Rendering.HTML)).collect(
                        Collectors.joining()));
        data.put(Rendering.TEXT, checks.stream().map(Check::toString).collect(Collectors.joining("\n\n")));
        return Rendering.of(data);
    }
}
