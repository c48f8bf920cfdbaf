package mechanics.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import mechanics.base.Seed;
import mechanics.base.Shape;
import mechanics.linalg.Array;
import mechanics.linalg.Precision;
import mechanics.network.Architecture;
import mechanics.network.Layer;
import mechanics.network.Multiplier;
import mechanics.network.Network;
import mechanics.network.layers.Convolution;
import mechanics.network.layers.Flatten;
import mechanics.network.layers.Layers;
import mechanics.network.zoo.Mlp;
import mechanics.training.diffusion.ConsistencyDistillation;
import mechanics.training.diffusion.PreconditionedDenoiser;
import mechanics.training.diffusion.ProbabilityFlow;
import mechanics.training.diffusion.ScoreMatching;
import mechanics.training.tasks.Contrastive;
import mechanics.training.tasks.CrossEntropy;
import mechanics.training.tasks.Denoising;
import mechanics.training.tasks.Hinge;
import mechanics.training.tasks.Logistic;
import mechanics.training.tasks.SampledCrossEntropy;
import mechanics.training.tasks.SquaredError;

/**
 * Derivatives of every layer with every task in both precisions. Layers and tasks are found among the classes of the
 * library, so that a new one without a case here makes a test fail.
 */
class EveryLayerAndTaskTest {
    private static final double STEP = 2e-5;

    static List<Architecture<?>> architectures() {
        List<Architecture<?>> all = new ArrayList<>(LayerDerivativesTest.everything());
        all.add(Mlp.of(3, 4, 2));
        all.add(Network.of(Shape.of(3), new Multiplier(0.7), Layers.dense(4)));
        return all;
    }

    /** The classes of a package of the library that are of a kind and can be made. */
    private static List<Class<?>> concrete(Class<?> kind) throws IOException, URISyntaxException {
        Path root = Path.of(kind.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path folder = root.resolve(kind.getPackageName().replace('.', '/'));
        var found = new ArrayList<Class<?>>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith(".class") || name.equals("package-info.class")) continue;
                String inside = root.relativize(file).toString().replace(File.separatorChar, '.');
                var type = type(inside.substring(0, inside.length() - ".class".length()));
                boolean made = !type.isInterface() && !Modifier.isAbstract(type.getModifiers())
                        && !Modifier.isPrivate(type.getModifiers()) && !type.isAnonymousClass();
                if (made && kind.isAssignableFrom(type)) found.add(type);
            }
        }
        return found;
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name, e);
        }
    }

    private static List<Task> tasks() throws IOException, URISyntaxException {
        var tasks = new ArrayList<Task>();
        for (var type : concrete(Task.class)) {
            if (type.isEnum()) {
                for (var task : type.getEnumConstants()) tasks.add((Task) task);
            } else if (type == SampledCrossEntropy.class) {
                tasks.add(new SampledCrossEntropy(3));
            } else if (type == ScoreMatching.class) {
                tasks.add(new ScoreMatching(0.1, 10));
            } else if (type == ConsistencyDistillation.class) {
                tasks.add(distillation());
            } else {
                assertEquals(Contrastive.class, type, "expected an instance of this task here");
                tasks.add(Contrastive.of(0.8));
            }
        }
        return tasks;
    }

    private static ConsistencyDistillation distillation() {
        var network = Network.of(Shape.of(2, 2, 2), Convolution.of(1, 1)).build();
        var denoiser = new PreconditionedDenoiser(network);
        return new ConsistencyDistillation(ProbabilityFlow.of(denoiser, 3, 0.1, 10), denoiser);
    }

    @Test
    void everyLayerOfTheLibraryIsHere() throws IOException, URISyntaxException {
        var word = Pattern.compile("\\b([A-Z]\\w+)\\[");
        Set<String> used = new HashSet<>();
        for (var architecture : architectures()) {
            word.matcher(architecture.layers().toString()).results().forEach(m -> used.add(m.group(1)));
        }
        var layers = concrete(Layer.class);
        assertTrue(layers.size() > 15, layers.toString());
        for (var layer : layers) {
            assertTrue(used.contains(layer.getSimpleName()),
                    "no architecture has a " + layer.getSimpleName());
        }
    }

    /** Targets that a task takes, for n samples. */
    private static Array targets(Task task, Network network, int n, RandomGenerator random) {
        Shape output = network.output();
        int count = output.count() * n;
        double[] numbers = switch (task) {
            case SquaredError _ -> random.doubles(count, -1, 1).toArray();
            case CrossEntropy _ -> output.columns() == 1
                    ? random.doubles(count).map(_ -> 1).toArray()
                    : random.ints((long) output.rows() * n, 0, output.columns()).asDoubleStream().toArray();
            case SampledCrossEntropy draws -> random
                    .ints((long) output.rows() * n * draws.draws(), 0, output.columns()).asDoubleStream()
                    .toArray();
            case Logistic logistic ->
                random.ints(count, 0, 2).mapToDouble(b -> logistic.zeroOne() ? b : 2 * b - 1)
                        .toArray();
            case Hinge _ -> random.ints(count, 0, 2).mapToDouble(b -> 2 * b - 1).toArray();
            // Clean samples or their noise, and behind each the noise level.
            case Denoising _ -> random.doubles(count + n, 0.1, 2).toArray();
            // What is asked, and the clean images.
            case ScoreMatching _ -> random.doubles(2L * count, -1, 1).toArray();
            case ConsistencyDistillation _ -> random.doubles(2L * count, -1, 1).toArray();
            case Contrastive _ -> Arrays.stream(Contrastive.pairs(n)).mapToDouble(row -> row[0]).toArray();
            default -> throw new AssertionError("no targets for " + task + ": expected a case here");
        };
        return network.precision().array(numbers);
    }

    /** A network in general position at a task. */
    private static Derivatives derivatives(Architecture<?> given, Task task, Precision precision) {
        // Pairs are compared as vectors.
        Architecture<?> architecture = task instanceof Contrastive
                ? Network.of(given.input(), given.layers(), new Flatten()).with(given.options())
                : given;
        var seed = Seed.of(7).derive(architecture + task.getClass().getSimpleName() + task.name());
        var random = seed.stream();
        var network = architecture.precision(precision).seed(seed).build();
        Array theta = network.parameters().array();
        for (int i = 0; i < theta.length(); i++) theta.set(i, theta.get(i) + 0.3 * random.nextGaussian());
        network.parameters().changed();
        // Even, as pairs need it.
        int n = 4 + 2 * random.nextInt(2);
        boolean tokens = architecture.layers().toString().contains("Embedding[vocabulary");
        Array inputs = precision.array(n * network.input().count());
        for (int i = 0; i < inputs.length(); i++) {
            inputs.set(i, tokens ? random.nextInt(3) : random.nextGaussian());
        }
        return Derivatives.of(network, task, inputs, targets(task, network, n, random));
    }

    /** The derivative of g along v in parameter space, of fourth order. */
    private static Array slope(Derivatives d, Array v, Supplier<Array> g) {
        double[] steps = {-2, 1, 2, 1};
        double[] weights = {1, -8, 8, -1};
        Array slope = null;
        for (int i = 0; i < 4; i++) {
            d.network().parameters().array().add(steps[i] * STEP, v);
            d.network().parameters().changed();
            Array value = g.get();
            if (slope == null) slope = value.like(value.length());
            slope.add(weights[i] / (12 * STEP), value);
        }
        d.network().parameters().array().add(-2 * STEP, v);
        d.network().parameters().changed();
        return slope;
    }

    private static void assertNear(Array expected, Array found, double tolerance, Object what) {
        assertArrayEquals(expected.toDoubles(), found.toDoubles(), tolerance * (1 + expected.largest()),
                what.toString());
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void derivativesAreThoseOfTheLoss(Architecture<?> architecture) throws IOException, URISyntaxException {
        for (Task task : tasks()) {
            var fine = derivatives(architecture, task, Precision.FLOAT64);
            Array v = fine.gradient().like(fine.network().parameters().count());
            v.fillGaussian(Seed.of(2).stream("v"), 1);
            Array loss = slope(fine, v, () -> Precision.FLOAT64.array(fine.loss()));
            assertNear(loss, Precision.FLOAT64.array(fine.gradient().dot(v)), 1e-6, task);
            Array change = slope(fine, v, fine::gradient);
            Array product = v.like(v.length());
            fine.hessianVectorProduct(v, product);
            assertNear(change, product, 3e-6, task);

            var coarse = derivatives(architecture, task, Precision.FLOAT32);
            Array w = Precision.FLOAT32.array(v.length());
            w.copy(v);
            Array coarseProduct = w.like(w.length());
            coarse.hessianVectorProduct(w, coarseProduct);
            assertNear(Precision.FLOAT64.array(fine.loss()), Precision.FLOAT64.array(coarse.loss()), 1e-4,
                    task);
            assertNear(fine.gradient(), coarse.gradient(), 3e-4, task);
            assertNear(product, coarseProduct, 2e-3, task);
        }
    }
}
