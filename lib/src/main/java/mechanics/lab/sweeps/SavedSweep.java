package mechanics.lab.sweeps;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

import mechanics.base.Seed;
import mechanics.data.ProjectFolder;
import mechanics.lab.Scale;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A sweep whose results come with the project, in {@code datasets/results/<name of the sweep>.json}:
 *
 * <pre>{@code
 * SavedResults<Double> losses = Sweep.of("4.7-transformers", points).saved(settings, Double.class)
 *         .run((point, seed) -> finalLoss(point));
 * drift.check(driftOf(losses.values())).from(losses)
 * }</pre>
 *
 * <p>
 * At quick scale, points that are in the file are loaded, and the others are computed and not saved. At full scale all
 * are computed, and then the file is written, points that it held besides included. A run that is interrupted goes on
 * from the file {@code <name>.json.part}.
 *
 * <p>
 * Beside the results the file holds where they come from: the sweep's name, seed and settings, and their
 * {@link Provenance}. Results of another seed or other settings are not taken. In a process with another
 * {@code MECHANICS_SEED} than 0 points that are loaded are still those of the file, and say so, and the file is not
 * written. Immutable; made by {@link Sweep#saved}.
 *
 * @param <P> a point
 * @param <R> a result
 */
public final class SavedSweep<P, R> {

    private final Sweep<P> sweep;
    private final Object settings;
    private final Class<R> type;
    /** Null: the project's own, which is only looked for when it is needed. */
    private final Path folder;
    private final Scale scale;

    SavedSweep(Sweep<P> sweep, Object settings, Class<R> type) {
        this(sweep, settings, type, null, Scale.current());
    }

    private SavedSweep(Sweep<P> sweep, Object settings, Class<R> type, Path folder, Scale scale) {
        this.sweep = sweep;
        this.settings = settings;
        this.type = type;
        this.folder = folder;
        this.scale = scale;
    }

    /** The same in another folder. */
    public SavedSweep<P, R> in(Path other) {
        return new SavedSweep<>(sweep, settings, type, other, scale);
    }

    /** The same at a scale other than the one that the environment says. */
    public SavedSweep<P, R> at(Scale other) {
        return new SavedSweep<>(sweep, settings, type, folder, other);
    }

    /**
     * Loads what is saved and runs the trial at the other points, or at all of them: as the scale says.
     *
     * @throws IllegalArgumentException if the file is corrupt: names it and what was expected
     * @throws SweepException           if a trial throws
     */
    public SavedResults<R> run(Sweep.Trial<P, R> trial) {
        Path place = folder == null ? ProjectFolder.find().resolve("datasets").resolve("results") : folder;
        var file = new ResultFile<>(place.resolve(sweep.fileName() + ".json"), origin(), type);
        return switch (scale) {
            case QUICK -> {
                List<R> values = sweep.run(trial, file, "");
                int loaded = 0;
                for (int i = 0; i < sweep.size(); i++) {
                    if (file.contains("", sweep.json(i))) loaded++;
                }
                yield new SavedResults<>(values, loaded, file.place(), file.provenance());
            }
            case FULL -> {
                Path part = place.resolve(sweep.fileName() + ".json.part");
                String version = Sweep.MAPPER.writeValueAsString(origin());
                var cache = new SweepCache<>(part, type);
                List<R> values = sweep.run(trial, cache, version);
                var results = new LinkedHashMap<String, R>();
                for (int i = 0; i < sweep.size(); i++) results.put(sweep.json(i), values.get(i));
                var provenance = Provenance.now(origin(), trial.getClass());
                // What belongs to other random numbers than the file's name says is not kept there.
                if (Seed.shift() == 0) file.write(results, provenance);
                cache.forget();
                yield new SavedResults<>(values, 0, file.place(), provenance);
            }
        };
    }

    /** What must be the same for results to be taken. */
    private JsonNode origin() {
        try {
            var origin = Sweep.MAPPER.createObjectNode();
            origin.put("sweep", sweep.name());
            origin.put("seed", sweep.seed());
            // By way of text, so that it equals what is read: 1 and 1L are different nodes.
            origin.set("settings", Sweep.MAPPER.readTree(Sweep.MAPPER.writeValueAsString(settings)));
            return Sweep.MAPPER.readTree(Sweep.MAPPER.writeValueAsString(origin));
        } catch (JacksonException e) {
            throw new IllegalArgumentException("settings of sweep \"" + sweep.name()
                    + "\": expected something that can be written as JSON, such as a record or a map", e);
        }
    }
}
