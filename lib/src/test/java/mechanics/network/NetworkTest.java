package mechanics.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.linalg.Precision;
import mechanics.network.layers.Layers;
import mechanics.network.zoo.Mlp;

class NetworkTest {
    @Test
    void perceptronComputesItsFormula() {
        var network = Mlp.of(2, 3, 1).precision(Precision.FLOAT64).seed(4).build();
        network.parameters().view("layer1.bias").set(new double[]{0.1, -0.2, 0.3});
        double[][] w = network.parameters().view("layer1.weight").get();
        double[] a = network.parameters().view("layer2.weight").get()[0];
        double[] b = {0.1, -0.2, 0.3};
        double[][] x = {{1, -2}, {0.5, 0.25}};
        double[][] f = network.evaluate(x);
        for (int i = 0; i < x.length; i++) {
            double expected = 0;
            for (int j = 0; j < 3; j++)
                expected += a[j] * Math.tanh(w[j][0] * x[i][0] + w[j][1] * x[i][1] + b[j]);
            assertEquals(expected, f[i][0], 1e-14);
        }
    }

    @Test
    void compositionAndShorthandAreTheSameNetwork() {
        var layers = Network.of(Shape.of(4), Layers.dense(5), Layers.tanh(), Layers.dense(2)).seed(3).build();
        var shorthand = Mlp.of(4, 5, 2).seed(3).build();
        assertArrayEquals(shorthand.parameters().array().toDoubles(),
                layers.parameters().array().toDoubles());
        double[][] x = {{1, 2, 3, 4}};
        assertArrayEquals(shorthand.evaluate(x)[0], layers.evaluate(x)[0]);
    }

    @Test
    void aLinearNetworkIsTheProductOfItsMatrices() {
        var network = Mlp.of(3, 4, 2).linear().bias(false).precision(Precision.FLOAT64).build();
        double[][] w1 = network.parameters().view("layer1.weight").get();
        double[][] w2 = network.parameters().view("layer2.weight").get();
        double[] x = {1, -1, 2};
        double[] f = network.evaluate(new double[][]{x})[0];
        for (int o = 0; o < 2; o++) {
            double expected = 0;
            for (int h = 0; h < 4; h++) {
                for (int i = 0; i < 3; i++) expected += w2[o][h] * w1[h][i] * x[i];
            }
            assertEquals(expected, f[o], 1e-14);
        }
    }

    @Test
    void antisymmetricStartGivesZeroButLearns() {
        for (var precision : Precision.values()) {
            var network = Mlp.of(3, 7, 6, 2).antisymmetric().precision(precision)
                    .parameterization(Parameterization.neuralTangent()).outputMultiplier(10).build();
            double[] f = network.evaluate(new double[][]{{1, 2, 3}})[0];
            assertArrayEquals(new double[2], f, 100 * precision.unitRoundoff());
            assertTrue(network.parameters().view("layer3.weight").array().norm() > 0.1);
        }
        assertThrows(IllegalArgumentException.class, () -> Mlp.of(3, 5, 1).antisymmetric().build());
        assertThrows(IllegalArgumentException.class, () -> Mlp.of(3, 1).antisymmetric().build());
    }

    @Test
    void outputMultiplierAndInitialScaleDoWhatTheySay() {
        double[][] x = {{1, 2, 3}};
        double plain = Mlp.of(3, 5, 1).precision(Precision.FLOAT64).build().evaluate(x)[0][0];
        var scaled = Mlp.of(3, 5, 1).precision(Precision.FLOAT64).outputMultiplier(3).build();
        assertEquals(3 * plain, scaled.evaluate(x)[0][0], 1e-14);
        assertEquals(List.of("layer1.weight", "layer1.bias", "layer2.weight", "layer2.bias"),
                scaled.parameters().views().stream().map(ParameterView::name).toList());
        var linear = Mlp.of(3, 5, 1).linear().precision(Precision.FLOAT64);
        assertEquals(4 * linear.build().evaluate(x)[0][0],
                linear.initialScale(2).build().evaluate(x)[0][0], 1e-14);
    }

    @Test
    void seedsDecideTheStartAlone() {
        var a = Mlp.of(3, 5, 1).seed(1);
        assertArrayEquals(a.build().parameters().array().toDoubles(),
                a.build().parameters().array().toDoubles());
        assertNotEquals(a.build().parameters().array().get(0), a.seed(2).build().parameters().array().get(0));
        // The stream of a layer does not depend on the others.
        assertArrayEquals(a.build().parameters().view("layer1.weight").get()[0],
                Mlp.of(3, 5, 9, 1).seed(1).build().parameters().view("layer1.weight").get()[0]);
        // Both precisions start at the same point.
        var fine = a.precision(Precision.FLOAT64).build().parameters().array();
        var rounded = Precision.FLOAT32.array(fine.length());
        rounded.copy(fine);
        assertArrayEquals(rounded.toDoubles(), a.build().parameters().array().toDoubles());
    }

    @Test
    void copiesAreIndependent() {
        var network = Mlp.of(2, 3, 1).build();
        network.parameters().view("layer1.weight").array().fill(0.5);
        var copy = network.copy();
        assertEquals(0.5, copy.parameters().view("layer1.weight").get()[0][0]);
        copy.parameters().array().fill(0);
        assertEquals(0.5, network.parameters().view("layer1.weight").get()[0][0]);
    }

    @Test
    void batchesOfChangingSizeGiveTheSameOutputs() {
        var network = Mlp.of(3, 8, 2).build();
        var inputs = Precision.FLOAT32.array(30);
        inputs.fillGaussian(Seed.of(1).stream("x"), 1);
        double[] all = network.evaluate(inputs).toDoubles();
        for (int n : new int[]{1, 4, 10, 2}) {
            double[] some = network.evaluate(inputs.view(0, 3 * n)).toDoubles();
            for (int i = 0; i < some.length; i++) assertEquals(all[i], some[i], 1e-6);
        }
    }

    @Test
    void noInputsGiveNoOutputs() { assertEquals(0, Mlp.of(3, 2).build().evaluate(new double[0][]).length); }

    @Test
    void theTableOfExponentsIsTheOnePublished() {
        // Between base width 64 and width 256: Yang et al. (2022), table 8, relative to the base.
        var table = Parameterization.maximalUpdate(64).weightScale(1.5).biasScale(0.3);
        var at = Mlp.of(10, 256, 256, 5).parameterization(table).build().parameters();
        var base = Mlp.of(10, 64, 64, 5).parameterization(table).build().parameters();
        var expected = Map.of(//
                "layer1.weight", new double[]{1, 1, 4, 1}, "layer1.bias", new double[]{1, 1, 4, 1},
                "layer2.weight", new double[]{1, 0.5, 1, 0.25}, "layer2.bias", new double[]{1, 1, 4, 1},
                "layer3.weight", new double[]{0.25, 1, 4, 1}, "layer3.bias", new double[]{1, 1, 1, 1});
        var standard = Mlp.of(10, 64, 64, 5)
                .parameterization(Parameterization.standard().weightScale(1.5).biasScale(0.3))
                .build().parameters();
        expected.forEach((name, ratio) -> {
            var wide = at.view(name).scaling();
            var narrow = base.view(name).scaling();
            assertEquals(ratio[0], wide.multiplier() / narrow.multiplier(), 1e-12);
            assertEquals(ratio[1], wide.deviation() / narrow.deviation(), 1e-12);
            assertEquals(ratio[2], wide.sgdRate() / narrow.sgdRate(), 1e-12);
            assertEquals(ratio[3], wide.adamRate() / narrow.adamRate(), 1e-12);
            var plain = standard.view(name).scaling();
            assertEquals(plain.multiplier() * plain.deviation(), narrow.multiplier() * narrow.deviation(),
                    1e-12);
        });
    }

    @Test
    void neuralTangentAndStandardStartAsTheSameDistribution() {
        double[] deviations = new double[2];
        int i = 0;
        for (var table : List.of(Parameterization.standard(), Parameterization.neuralTangent())) {
            var scaling = Mlp.of(10, 256, 5).parameterization(table).build().parameters()
                    .view("layer2.weight").scaling();
            deviations[i++] = scaling.multiplier() * scaling.deviation();
        }
        assertEquals(1.0 / 16, deviations[0], 1e-15);
        assertEquals(1.0 / 16, deviations[1], 1e-15);
    }

    @Test
    void depthScalesBranchesAndTheirRates() {
        var table = Parameterization.standard().depthExponent(0.5);
        assertEquals(0.25, table.branchMultiplier(16), 1e-15);
        var spec = ParameterSpec.weight("w", 8, 8).withRole(Role.HIDDEN).withinBranch();
        assertEquals(1, table.scaling(spec, 16).sgdRate(), 1e-15);
        assertEquals(0.25, table.scaling(spec, 16).adamRate(), 1e-15);
        assertEquals(16, table.depthExponent(1).scaling(spec, 16).sgdRate(), 1e-12);
        assertEquals(1, table.depthExponent(1).scaling(spec, 16).adamRate(), 1e-15);
        assertEquals(1, table.depthExponent(0).branchMultiplier(16));
    }

    @Test
    void badDescriptionsAreRefusedWithASentence() {
        assertThrows(IllegalArgumentException.class, () -> Mlp.of(3));
        assertThrows(IllegalArgumentException.class, () -> Mlp.of(3, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> Layers.dense(0));
        assertThrows(IllegalArgumentException.class, () -> Shape.of());
        assertThrows(IllegalArgumentException.class, () -> Shape.of(3, -1));
        assertThrows(IllegalArgumentException.class, () -> Sequential.of());
        assertThrows(IllegalArgumentException.class,
                () -> Network.of(Shape.of(3), Layers.residual(Layers.dense(4))).build());
        assertThrows(IllegalArgumentException.class, () -> Mlp.of(3, 1).initialScale(-1));
        assertThrows(IllegalArgumentException.class, () -> Mlp.of(3, 1).outputMultiplier(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Parameterization.maximalUpdate(0));
        assertThrows(IllegalArgumentException.class,
                () -> Parameterization.standard().weightScale(Double.NaN));
        var network = Mlp.of(3, 1).build();
        assertThrows(IllegalArgumentException.class, () -> network.evaluate(new double[][]{{1, 2}}));
        assertThrows(IllegalArgumentException.class, () -> network.parameters().view("layer9.weight"));
        assertThrows(IllegalArgumentException.class,
                () -> network.parameters().view("layer1.weight").set(new double[]{1, 2}));
        assertThrows(IllegalArgumentException.class,
                () -> network.parameters().view("layer1.weight").set(new double[]{1, 2, Double.NaN}));
    }
}
