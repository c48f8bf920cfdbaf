package mechanics.guides;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

import mechanics.training.MeasurementSchedule;
import mechanics.training.Observable;
import mechanics.training.Quadratic;
import mechanics.training.Run;
import mechanics.training.Snapshot;
import mechanics.training.rules.GradientDescent;

/** The code of the guide to writing an observable. */
class ObservableGuideTest {
    // guide: observable
    /** ‖θ‖ and ‖∇L‖, the lengths of the parameters and of the gradient over all samples. */
    static final class Lengths implements Observable {
        @Override
        public List<String> columns() { return List.of("θ", "∇L"); }

        @Override
        public double[] measure(Snapshot snapshot) {
            return new double[]{snapshot.network().parameters().array().norm(),
                    snapshot.derivatives().gradient().norm()};
        }
    }
    // end

    @Test
    void aRunMeasuresIt() {
        // guide: use
        Run run = Quadratic.run(GradientDescent.of(0.1))
                .observe("lengths", MeasurementSchedule.every(5), new Lengths())
                .observeNumber("first weight", MeasurementSchedule.every(5),
                        network -> network.parameters().array().get(0))
                .steps(20).train();
        double[] gradients = run.series("lengths").column("∇L");
        // end
        assertEquals(Math.hypot(Math.hypot(4, 2), 0.125), gradients[0], 1e-12);
        assertEquals(Math.pow(0.6, 5), run.series("first weight").values()[1], 1e-12);
    }
}
