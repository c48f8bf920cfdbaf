package mechanics.training;

import static mechanics.training.Quadratic.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

import mechanics.measure.TangentKernel;
import mechanics.network.Network;
import mechanics.network.zoo.Mlp;
import mechanics.representations.Representation;
import mechanics.training.rules.GradientDescent;
import mechanics.training.tasks.SquaredError;
import mechanics.training.tasks.TestSet;

/** Wrong shapes are refused before anything is flattened: by argument, value and expectation. */
class ShapesTest {
    private static final Network NETWORK = Mlp.of(6, 4, 2).build();
    private static final double[][] X = normal(10, 6, 1);
    private static final double[][] Y = normal(10, 2, 2);

    private static void assertRefused(Executable entry, String... parts) {
        String message = assertThrows(IllegalArgumentException.class, entry).getMessage();
        for (String part : parts) assertTrue(message.contains(part), message);
    }

    /** As wide as half an input, and twice as many: the count of numbers fits. */
    private static double[][] narrow() {
        return normal(20, 3, 3);
    }

    private static double[][] ragged() {
        double[][] rows = normal(10, 6, 4);
        rows[7] = new double[5];
        return rows;
    }

    private static Run run(double[][] inputs, double[][] targets) {
        return Run.of(NETWORK, SquaredError.MEAN, inputs, targets, GradientDescent.of(0.1));
    }

    @Test
    void inputsOfAnotherWidth() {
        String[] parts = {"inputs", "row 0 has 3 numbers", "expected 6"};
        assertRefused(() -> NETWORK.evaluate(narrow()), parts);
        assertRefused(() -> NETWORK.evaluatedOn(narrow()), parts);
        assertRefused(() -> run(narrow(), Y), parts);
        assertRefused(() -> run(narrow(), normal(20, 2, 5)), parts);
        assertRefused(() -> Derivatives.of(NETWORK, SquaredError.MEAN, narrow(), Y), parts);
        assertRefused(() -> TangentKernel.of(NETWORK).summed(narrow()), parts);
        assertRefused(() -> Representation.hidden(NETWORK, narrow()), parts);
    }

    @Test
    void raggedInputs() {
        String[] parts = {"inputs", "row 7 has 5 numbers", "expected 6"};
        assertRefused(() -> NETWORK.evaluate(ragged()), parts);
        assertRefused(() -> run(ragged(), Y), parts);
        assertRefused(() -> TangentKernel.of(NETWORK).output(0, ragged()), parts);
        assertRefused(() -> TestSet.of(ragged(), Y), "inputs", "row 7 has 5", "6");
        assertRefused(() -> Representation.of(ragged()), "rows", "row 7 has 5", "6");
    }

    @Test
    void targetsOfAnotherCount() {
        // As many numbers as fit, in twice and in half as many rows.
        assertRefused(() -> run(X, normal(20, 1, 1)), "targets has 20 rows", "expected 10", "inputs");
        assertRefused(() -> run(X, normal(5, 4, 1)), "targets has 5 rows", "expected 10");
        assertRefused(() -> TestSet.of(X, normal(5, 4, 1)), "targets has 5 rows", "expected 10");
    }

    @Test
    void targetsOfAnotherWidth() {
        assertRefused(() -> run(X, normal(10, 3, 1)), "30 target numbers", "10 × 2");
        double[][] uneven = normal(10, 2, 1);
        uneven[3] = new double[1];
        uneven[4] = new double[3];
        assertRefused(() -> run(X, uneven), "targets", "row 3 has 1", "expected 2");
        assertRefused(() -> run(X, new double[10][0]), "targets is empty");
    }

    @Test
    void noSamples() {
        assertRefused(() -> run(new double[0][], new double[0][]), "inputs has 0 rows", "at least 1");
        assertEquals(0, NETWORK.evaluate(new double[0][]).length);
    }

    @Test
    void aSeriesIsTheXOfAFigure() {
        var run = run(X, Y).observeNumber("norm", MeasurementSchedule.every(3), _ -> 1).steps(7).train();
        assertArrayEquals(new double[]{0, 3, 6, 7}, run.series("norm").x());
        assertArrayEquals(new double[]{0, 1.5, 3, 3.5}, run.series("norm").x(0.5));
    }
}
