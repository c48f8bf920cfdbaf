package mechanics.training.rules;

import static mechanics.training.Quadratic.normal;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import smile.tensor.DenseMatrix;

import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Role;
import mechanics.network.zoo.Mlp;
import mechanics.training.Derivatives;
import mechanics.training.LearningRule;
import mechanics.training.MeasurementSchedule;
import mechanics.training.Quadratic;
import mechanics.training.Run;
import mechanics.training.tasks.SquaredError;

class MuonAndLionTest {
    private static Derivatives deep() {
        var network = Mlp.of(3, 5, 7, 4, 2).precision(Precision.FLOAT64).seed(2).build();
        return Derivatives.of(network, SquaredError.HALF_MEAN, normal(20, 3, 1), normal(20, 2, 2));
    }

    /** p⁵(s), the polynomial of the iteration on one singular value. */
    private static double polynomial(double s) {
        for (int i = 0; i < 5; i++) s = 3.4445 * s - 4.775 * Math.pow(s, 3) + 2.0315 * Math.pow(s, 5);
        return s;
    }

    private static double[][] product(double[][] u, double[] s, double[][] vt) {
        var product = new double[u.length][vt[0].length];
        for (int i = 0; i < u.length; i++) {
            for (int j = 0; j < vt[0].length; j++) {
                for (int k = 0; k < s.length; k++) product[i][j] += u[i][k] * s[k] * vt[k][j];
            }
        }
        return product;
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "3, 8", "9, 4", "1, 6", "6, 1"})
    void newtonSchulzIsItsPolynomialOnTheSingularValues(int rows, int columns) {
        double[][] a = normal(rows, columns, 10L * rows + columns);
        var svd = DenseMatrix.of(a).svd();
        double[] s = svd.s().toArray(new double[0]);
        double norm = 0;
        for (double x : s) norm += x * x;
        norm = Math.sqrt(norm) + 1e-7;
        for (int i = 0; i < s.length; i++) s[i] = polynomial(s[i] / norm);
        for (double x : s) assertTrue(x > 0.67 && x < 1.15, "singular value " + x);
        double[][] expected = product(svd.U().toArray(new double[0][]), s, svd.Vt().toArray(new double[0][]));
        Array x = Precision.FLOAT64.array(a);
        new NewtonSchulz(rows, columns, Precision.FLOAT64).apply(x);
        double[][] found = x.toRows(columns);
        for (int i = 0; i < rows; i++) assertArrayEquals(expected[i], found[i], 1e-10);
    }

    @Test
    void newtonSchulzLeavesZeroAndRefusesAnotherSize() {
        var rule = new NewtonSchulz(2, 3, Precision.FLOAT32);
        Array zero = Precision.FLOAT32.array(6);
        rule.apply(zero);
        assertEquals(0, zero.largest());
        assertThrows(IllegalArgumentException.class, () -> rule.apply(Precision.FLOAT32.array(5)));
        assertThrows(IllegalArgumentException.class, () -> new NewtonSchulz(0, 3, Precision.FLOAT32));
    }

    @Test
    void muonMovesHiddenMatricesByOrthogonalizedMomentumAndOthersByAnotherRule() {
        var muon = deep();
        var adam = deep();
        var rule = Muon.of(0.02).momentum(0.9).others(Adam.of(0.003));
        var stepper = rule.start(muon, Seed.of(1));
        var hidden = List.of("layer2.weight", "layer3.weight");
        var momenta = new LinkedHashMap<String, Array>();
        for (int t = 0; t < 3; t++) {
            // Adam from the same point, with the averages that it would have: it sees what Muon sees.
            var before = muon.network().parameters().array().copy();
            Array gradient = muon.gradient().copy();
            stepper.step(t);
            for (String name : hidden) {
                var view = muon.network().parameters().view(name);
                assertEquals(Role.HIDDEN, view.spec().role());
                Array m = momenta.computeIfAbsent(name, _ -> view.array().like(view.count()));
                m.combine(1, view.of(gradient), 0.9);
                Array direction = m.copy();
                direction.combine(1, view.of(gradient), 0.9);
                int rows = view.shape().rows();
                int columns = view.shape().columns();
                new NewtonSchulz(rows, columns, Precision.FLOAT64).apply(direction);
                Array expected = view.of(before).copy();
                expected.add(-0.02 * Math.sqrt(Math.max(1, (double) rows / columns)), direction);
                assertArrayEquals(expected.toDoubles(), view.array().toDoubles(), 1e-13);
            }
            if (t == 0) Adam.of(0.003).start(adam, Seed.of(1)).step(0);
            for (var view : adam.network().parameters().views()) {
                if (t > 0 || hidden.contains(view.name())) continue;
                assertArrayEquals(view.array().toDoubles(),
                        muon.network().parameters().view(view.name()).array().toDoubles());
            }
        }
    }

    @Test
    void muonRefusesAnotherRuleWithItsOwnBatches() {
        var message = assertThrows(IllegalArgumentException.class,
                () -> Muon.of(0.1).others(Adam.of(0.1).batch(3))).getMessage();
        assertTrue(message.contains("others"), message);
    }

    @Test
    void lionFollowsTheProgramByHand() {
        // L = ½ λ θ² for each number; program 1 of the paper with decay 0.1.
        double[] theta = Quadratic.START.clone();
        double[] m = new double[theta.length];
        for (int t = 0; t < 30; t++) {
            for (int i = 0; i < theta.length; i++) {
                double g = Quadratic.CURVATURES[i] * theta[i];
                double update = Math.signum(0.8 * m[i] + 0.2 * g) + 0.1 * theta[i];
                m[i] = 0.95 * m[i] + 0.05 * g;
                theta[i] -= 0.03 * update;
            }
        }
        assertArrayEquals(theta,
                Quadratic.after(30, Lion.of(0.03).betas(0.8, 0.95).decoupledWeightDecay(0.1)), 1e-12);
    }

    @Test
    void rulesWithoutPreconditionerRefuseIt() {
        for (LearningRule rule : List.of(Lion.of(0.01), Muon.of(0.01))) {
            var stepper = rule.start(deep(), Seed.of(1));
            stepper.step(0);
            var message = assertThrows(UnsupportedOperationException.class, () -> stepper.preconditioner(1))
                    .getMessage();
            assertTrue(message.contains(rule.getClass().getSimpleName()), message);
        }
    }

    @Test
    void aGroupShowsItsParametersByNameAndShape() {
        var loss = deep();
        loss.gradient();
        var groups = ParameterGroup.of(Muon.of(0.1), loss, new LinkedHashMap<>());
        var names = groups.stream().flatMap(g -> g.views().stream()).map(ParameterGroup.View::name).toList();
        assertEquals(loss.network().parameters().views().stream().map(v -> v.name()).toList(), names);
        var hidden = groups.stream().filter(g -> g.rule() instanceof Muon).findFirst().orElseThrow();
        var view = hidden.views().getFirst();
        assertEquals("layer2.weight", view.name());
        assertEquals(Shape.of(7, 5), view.shape());
        assertEquals(0, view.offset());
        var whole = loss.network().parameters().view("layer2.weight");
        assertArrayEquals(whole.get()[6], view.rows()[6]);
        assertArrayEquals(whole.of(loss.gradient()).toRows(5)[6], view.gradientRows()[6]);
        var last = groups.getLast().views().getLast();
        assertEquals(groups.getLast().theta().length(), last.offset() + last.count());
    }

    @Test
    void badNumbersAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Lion.of(-1));
        assertThrows(IllegalArgumentException.class, () -> Lion.of(0.1).betas(1, 0.5));
        assertThrows(IllegalArgumentException.class, () -> Muon.of(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Muon.of(0.1).momentum(1));
    }

    @Test
    void bothLearn() {
        for (LearningRule rule : List.of(Lion.of(0.003).batch(5), Muon.of(0.02).batch(5))) {
            var run = Run
                    .of(deep().network(), SquaredError.HALF_MEAN, normal(20, 3, 1), normal(20, 2, 2), rule)
                    .observeNumber("one", MeasurementSchedule.every(50), _ -> 1).steps(300).train();
            double[] losses = run.series("loss").values();
            assertTrue(run.derivatives().loss() < 0.8 * losses[0], rule + ": " + run.derivatives().loss());
        }
    }
}
