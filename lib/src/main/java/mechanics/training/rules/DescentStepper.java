package mechanics.training.rules;

import java.util.LinkedHashMap;
import java.util.Map;

import mechanics.base.Seed;
import mechanics.base.StepRandom;
import mechanics.linalg.Array;
import mechanics.network.Parameters;
import mechanics.training.Derivatives;
import mechanics.training.LearningRule;
import mechanics.training.Task;

/** A {@link Descent} at work: draws the samples of a step, takes the gradient, decays and moves. */
final class DescentStepper implements LearningRule.Stepper {
    private final Descent.Options options;
    private final Parameters parameters;
    /** Null where every step sees the samples as they were given. */
    private final Draw draw;
    private final Derivatives seen;
    private final ParameterGroup[] groups;
    private final Descent.Update[] updates;
    private final Map<String, Array> state = new LinkedHashMap<>();

    DescentStepper(Descent<?> rule, Derivatives loss, Seed seed) {
        options = rule.options();
        parameters = loss.network().parameters();
        boolean asGiven = options.batches().equals(Batches.all())
                && options.labelNoise().equals(LabelNoise.none()) && !loss.task().redraws();
        seen = asGiven ? loss : loss.separate();
        draw = asGiven ? null : new Draw(options, seen, seed);
        groups = ParameterGroup.of(rule, seen, state).toArray(ParameterGroup[]::new);
        updates = new Descent.Update[groups.length];
        for (int i = 0; i < groups.length; i++) updates[i] = groups[i].rule().begin(groups[i]);
    }

    @Override
    public double step(long t) {
        if (draw != null) draw.step(t);
        boolean moved = false;
        for (var update : updates) moved |= update.lookAhead();
        if (moved) parameters.changed();
        double loss = seen.loss();
        if (!Double.isFinite(loss)) return loss;
        seen.gradient();
        double factor = factor(t);
        for (int i = 0; i < groups.length; i++) {
            double own = groups[i].rule().learningRate() * factor * groups[i].factor();
            options.decay().apply(groups[i], own);
            updates[i].move(own, t);
        }
        parameters.changed();
        return loss;
    }

    private double factor(long t) {
        double factor = options.schedule().factor(t);
        if (!(factor >= 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("factor on the learning rate = " + factor + " at step " + t
                    + ": expected a number of at least 0");
        }
        return factor;
    }

    @Override
    public Map<String, Array> state() { return state; }

    @Override
    public Array preconditioner(long moves) {
        Array diagonal = parameters.array().like(parameters.count());
        for (int i = 0; i < groups.length; i++) {
            Array own = groups[i].of(diagonal);
            updates[i].preconditioner(moves, own);
            own.scale(1 / groups[i].factor());
        }
        return diagonal;
    }

    /** What is random in a step: which samples, their noise, the noise on their targets. */
    private static final class Draw {
        private final Derivatives seen;
        private final Task task;
        private final LabelNoise noise;
        private final Batches.Sampler sampler;
        private final StepRandom taskRandom;
        private final StepRandom noiseRandom;

        Draw(Descent.Options options, Derivatives seen, Seed seed) {
            this.seen = seen;
            task = seen.task();
            noise = options.labelNoise();
            sampler = options.batches().start(seen.samples(), task.group(), seed.derive("batches"));
            taskRandom = new StepRandom(seed.derive("task"));
            noiseRandom = new StepRandom(seed.derive("label noise"));
        }

        void step(long t) {
            seen.select(sampler.batch(t));
            if (task.redraws()) {
                taskRandom.at(t);
                task.redraw(seen.inputs(), seen.targets(), seen.workspace().samples(), taskRandom);
            }
            noiseRandom.at(t);
            noise.apply(seen, noiseRandom);
            seen.invalidate();
        }
    }
}
