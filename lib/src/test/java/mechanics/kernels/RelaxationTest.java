package mechanics.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import mechanics.base.Seed;

class RelaxationTest {
    @Test
    void descentEqualsStepsTakenOneByOne() {
        var random = Seed.of(3).stream();
        for (int trial = 0; trial < 200; trial++) {
            double lambda = 0.05 + 2 * random.nextDouble();
            double rate = 1.99 * random.nextDouble() / lambda;
            int steps = random.nextInt(40);
            double error = 1;
            double learned = 0;
            for (int t = 0; t < steps; t++) {
                learned += rate * error;
                error -= rate * lambda * error;
            }
            var mode = new Relaxation(lambda);
            assertEquals(error, mode.left(rate, steps), 1e-12);
            assertEquals(learned, mode.learned(rate, steps), 1e-12 * (1 + learned));
        }
    }

    @Test
    void descentInSmallStepsIsFlow() {
        var mode = new Relaxation(0.7);
        assertEquals(mode.learnedByFlow(3), mode.learned(1e-7, 3e7), 1e-6);
    }

    @Test
    void modesWithoutEigenvalueLearnAtTheirLimit() {
        assertEquals(3, new Relaxation(0).learnedByFlow(3));
        assertEquals(0.1 * 30, new Relaxation(0).learned(0.1, 30));
        assertEquals(1, new Relaxation(0).left(0.1, 30));
    }

    @Test
    void noDigitsAreLostForWeakModes() {
        // g = t (1 − λt/2 + …) for flow, and ηt (1 − ηλ(t − 1)/2 + …) for descent.
        double lambda = 1e-13;
        assertEquals(3 * (1 - lambda * 3 / 2), new Relaxation(lambda).learnedByFlow(3), 1e-15);
        assertEquals(0.5 * 4 * (1 - 0.5 * lambda * 3 / 2), new Relaxation(lambda).learned(0.5, 4), 1e-15);
    }

    @Test
    void theSignAlternatesAboveHalfOfTheLargestRate() {
        var mode = new Relaxation(1);
        assertEquals(-0.5 * 0.5 * 0.5, mode.left(1.5, 3), 1e-15);
        assertEquals(0.25, mode.left(1.5, 2), 1e-15);
        assertEquals(0, mode.left(1, 2));
        assertEquals(1, mode.left(1, 0));
    }
}
