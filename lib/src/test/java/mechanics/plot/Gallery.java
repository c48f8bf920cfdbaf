package mechanics.plot;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;

import org.knowm.xchart.BoxChart;
import org.knowm.xchart.style.Styler;

import mechanics.base.Numerals;
import mechanics.base.Renderable;
import mechanics.base.Rendering;
import mechanics.lab.predictions.Ledger;
import mechanics.lab.predictions.Prediction;
import mechanics.lab.predictions.Tolerance;

/** One picture of every kind, written to {@code target/figures} to be looked at. */
final class Gallery {

    private Gallery() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args.length > 0 ? args[0] : "target/figures");
        Files.createDirectories(folder);
        for (Map.Entry<String, Picture> picture : pictures().entrySet()) {
            Path file = folder.resolve(picture.getKey() + ".png");
            picture.getValue().save(file);
            picture.getValue().save(folder.resolve(picture.getKey() + ".svg"));
            picture.getValue().save(folder.resolve(picture.getKey() + ".pdf"));
            System.out.printf("%-16s %6.1f kB%n", picture.getKey(), Files.size(file) / 1000.0);
        }
        Files.writeString(folder.resolve("page.html"), page());
    }

    /** Everything that notebooks show as HTML, as one page. */
    static String page() {
        double[] times = {1.52, 2.31, 3.4};
        var halfRise = Prediction.law("1.1", "Mode α reaches half its strength at t = (τ/2s) ln(s/u₀ − 1)")
                .predicts(times)
                .named("s = 5.0", "s = 3.2", "s = 2.1")
                .within(Tolerance.relative(0.02), "Euler steps: error O(η)");
        var large = Prediction
                .boundary("1.1-large", "A large initialization, u₀ = s/2, is learned by the same formula")
                .predicts(1.2).within(Tolerance.absolute(0.1), "as above");
        var transfer = Prediction.law("4.7", "The best learning rate moves by less than one grid step")
                .within(Tolerance
                        .atMost(1), "the grid is log₂");
        var noise = Prediction.law("2.2", "Excess kurtosis falls like 1/width: slope −1").predicts(-1)
                .within(Tolerance
                        .standardErrors(3), "standard error of the fit over 20 seeds");
        double[] many = new double[40];
        Arrays.setAll(many, i -> 1 + i);
        var curve = Prediction.law("1.6", "Learning curves").predicts(many).within(Tolerance.relative(0.05),
                "30 trials");
        double[] off = many.clone();
        off[17] *= 1.2;
        List<Renderable> shown = new ArrayList<>(List.of(halfRise, transfer, halfRise.check(1.53, 2.29, 3.41),
                halfRise.check(
                        1.53, 2.5, 3.41),
                large.check(1.7), large.check(1.21), transfer.check(0.4).loaded(), noise.check(
                        new double[]{-1.05}, new double[]{0.02}),
                curve.check(off), halfRise.check(1.53, Double.NaN, 3.41)));
        shown.add(Ledger.of(List.of(halfRise.check(1.53, 2.29, 3.41), large.check(1.7), curve.check(off))));
        shown.add(modes());
        return "<!DOCTYPE html><meta charset=\"utf-8\"><body style=\"font-family:sans-serif;font-size:14px\">"
                + shown.stream()
                        .map(each -> (String) each.render().data().get(Rendering.HTML))
                        .collect(Collectors.joining("<hr>\n"));
    }

    static Map<String, Picture> pictures() {
        Map<String, Picture> pictures = new LinkedHashMap<>();
        pictures.put("modes", modes());
        pictures.put("edge", edge());
        pictures.put("transfer", Figure.grid(2, transfer(false), transfer(true)).caption(
                "Final loss against learning rate, one curve for each width. (a) Standard parameterization."
                        + " (b) Maximal update."));
        pictures.put("lazy-rich", Figure.grid(2, trajectories(0.1), trajectories(30)));
        pictures.put("learning-curves", learningCurves());
        pictures.put("scaling",
                Figure.grid(3, scaling("compute C", 1e13, 1e18), scaling("data D", 1e4, 1e7), scaling(
                        "parameters N", 1e3, 1e6)));
        pictures.put("spectrum", spectrum());
        pictures.put("heat", Figure.grid(2, heat(), signedHeat()));
        pictures.put("images", images());
        pictures.put("cloud", cloud());
        pictures.put("references", references());
        pictures.put("extremes",
                Figure.grid(3, range(0, 1.234, false), range(-3e-7, 5e-7, false), range(0, 250_000,
                        false), range(30, 70, true), range(2e-6, 8e-6, true), range(1e-12, 1e3, true))
                        .title("Ranges of axes"));
        pictures.put("box", box());
        pictures.put("alone",
                Figure.of("").x("x").y("y").measured("", new double[]{1, 2, 3}, new double[]{1, 4, 9}));
        return pictures;
    }

    static Figure modes() {
        Figure figure = Figure.of("Modes are learned one by one, the strongest first").x("time t/τ")
                .y("strength u")
                .caption(
                        "Strength of each singular mode of a two-layer linear network. Lines: closed form. Markers:"
                                + " gradient descent with η = 10⁻³.");
        int mode = 0;
        for (double s : new double[]{5.0, 3.2, 2.1, 1.4, 1.0, 0.7, 0.5}) {
            DoubleUnaryOperator u = t -> s * Math.exp(2 * s * t) / (Math.exp(2 * s * t) - 1 + s / 1e-6);
            double[] t = new double[24];
            Arrays.setAll(t, i -> i * 18 / 23.0);
            double[] measured = Arrays.stream(t).map(u).map(v -> v * 1.01).toArray();
            if (mode == 2) {
                measured[10] = Double.NaN;
            }
            figure = figure.theory("s = " + s, u, 0, 18).measured("s = " + s, t, measured);
            mode++;
        }
        return figure;
    }

    static Picture edge() {
        Figure loss = Figure.of("Training loss").x("step").y("loss").logY();
        Figure sharpness = Figure.of("Sharpness").x("step").y("sharpness λ₁");
        var random = new Random(1);
        for (int twoOverEta : new int[]{40, 60, 80}) {
            int n = 3000;
            double[] steps = new double[n];
            double[] losses = new double[n];
            double[] sharpest = new double[n];
            for (int i = 0; i < n; i++) {
                steps[i] = i;
                losses[i] = 0.5 * Math.exp(-i / 900.0)
                        * (1 + (i > 8 * twoOverEta ? 0.3 * random.nextDouble() : 0));
                sharpest[i] = Math.min(10 + i / 8.0,
                        twoOverEta + (i > 8 * twoOverEta ? 3 * random.nextGaussian() : 0));
            }
            String label = "η = 2/" + twoOverEta;
            loss = loss.measured(label, steps, losses);
            sharpness = sharpness.measured(label, steps, sharpest).reference("2/η = " + twoOverEta,
                    twoOverEta, label);
        }
        return Figure.grid(1, loss.size(620, 250), sharpness.size(620, 270)).caption(
                "Full-batch gradient descent: the sharpness rises to 2/η and stays there.");
    }

    static Figure transfer(boolean mup) {
        Figure figure = Figure
                .of(mup ? "Maximal update: the best rate stays" : "Standard: the best rate moves").x(
                        "learning rate η_{base} = n^{−1/2}")
                .y("training loss").logX().ordered().xTicks(0x1p-10, 0x1p-8, 0x1p-6, 0x1p-4, 0x1p-2);
        for (int k = 0; k < 5; k++) {
            double[] rates = new double[9];
            double[] losses = new double[9];
            double[] errors = new double[9];
            for (int i = 0; i < 9; i++) {
                rates[i] = Math.scalb(1.0, i - 10);
                losses[i] = 0.5 - 0.03 * k * (mup ? 1 : 0.5)
                        + 0.02 * Math.pow(i - 5 + (mup ? 0 : k * 0.9), 2);
                errors[i] = 0.02 + 0.01 * k;
            }
            figure = figure.measured("width " + (64 << k), rates, losses, errors);
        }
        return figure.joined();
    }

    static Figure trajectories(double alpha) {
        Figure figure = Figure.of(alpha < 1 ? "Rich, α = 0.1" : "Lazy, α = 30").x("w₁").y("w₂").square()
                .size(430, 430)
                .xLimits(-2, 2);
        var random = new Random(3);
        for (int neuron = 0; neuron < 60; neuron++) {
            double angle = 2 * Math.PI * random.nextDouble();
            double target = Math.round(angle / (2 * Math.PI / 3)) * (2 * Math.PI / 3);
            double[] x = new double[40];
            double[] y = new double[40];
            for (int i = 0; i < 40; i++) {
                double share = i / 39.0;
                double a = alpha < 1 ? angle + share * (target - angle) : angle;
                double r = alpha < 1 ? 0.2 + 1.4 * share : 1 + 0.05 * share;
                x[i] = r * Math.cos(a);
                y[i] = r * Math.sin(a);
            }
            figure = figure.trajectory(neuron % 2 == 0 ? "a > 0" : "a < 0", x, y);
        }
        for (int k = 0; k < 3; k++) {
            figure = figure.ray("teacher", Math.cos(2 * Math.PI * k / 3), Math.sin(2 * Math.PI * k / 3));
        }
        return figure;
    }

    static Figure learningCurves() {
        Figure figure = Figure.of("Learning curves predicted from the spectrum").x("samples n")
                .y("test error").logX()
                .logY().caption("Bands: two standard errors.");
        int k = 0;
        for (double exponent : new double[]{0.4, 0.8, 1.3}) {
            double[] n = {10, 20, 50, 100, 200, 500, 1000};
            double[] error = Arrays.stream(n).map(v -> Math.pow(v, -exponent)).toArray();
            double[] low = Arrays.stream(error).map(v -> v * 0.7).toArray();
            double[] high = Arrays.stream(error).map(v -> v * 1.4).toArray();
            String label = "k = " + ++k;
            figure = figure.theory(label, v -> Math.pow(v, -exponent), 8, 1200).measured(label, n, error)
                    .band(label, n, low,
                            high);
        }
        return figure;
    }

    static Figure scaling(String axis, double from, double to) {
        double[] x = new double[10];
        double[] y = new double[10];
        for (int i = 0; i < 10; i++) {
            x[i] = from * Math.pow(to / from, i / 9.0);
            y[i] = 3 * Math.pow(x[i] / from, -0.07);
        }
        return Figure.of("Loss against " + axis).x(axis).y("test loss").logX().logY().measured("runs", x, y)
                .theory(
                        "power law", v -> 3 * Math.pow(v / from, -0.07), from, to);
    }

    static Figure spectrum() {
        var random = new Random(5);
        double[] samples = new double[4000];
        Arrays.setAll(samples, _ -> random.nextGaussian());
        return Figure.of("Outputs at initialization are Gaussian").x("output f(x)").y("density")
                .histogram("10⁴ networks",
                        samples, 40)
                .theory("N(0, 1)", x -> Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI), -4, 4)
                .referenceX("mean",
                        0);
    }

    static Figure heat() {
        double[][] values = new double[40][60];
        for (int i = 0; i < 40; i++) {
            for (int j = 0; j < 60; j++) {
                values[i][j] = Math.exp(-Math.hypot(i - 20, j - 30) / 12);
            }
        }
        double[] sigma = new double[61];
        double[] bias = new double[41];
        Arrays.setAll(sigma, j -> 0.5 + 2.5 * j / 60);
        Arrays.setAll(bias, i -> 0.3 * i / 40);
        return Figure.of("Correlation after 50 layers").x("weight variance σ_w²").y("bias variance σ_b²")
                .heat("correlation",
                        sigma, bias, values)
                .theory("critical line χ = 1", x -> 0.05 * x * x, 0.6, 2.4);
    }

    static Figure signedHeat() {
        double[][] values = new double[8][8];
        for (int i = 0; i < 8; i++) {
            for (int j = 0; j < 8; j++) {
                values[i][j] = Math.cos(0.7 * (i - j)) * Math.exp(-0.2 * Math.abs(i - j));
            }
        }
        values[0][7] = Double.NaN;
        return Figure.of("A kernel matrix").x("column").y("row").heat("K(x, x′)", values).size(460, 370);
    }

    static ImageGrid images() {
        ImageGrid grid = ImageGrid.of("Same noise in, nearly the same image out")
                .columns("seed 1", "seed 2", "seed 3",
                        "seed 4", "seed 5", "seed 6")
                .caption("Each column starts from one noise image.");
        for (String model : new String[]{"U-Net", "consistency", "transformer"}) {
            double[][][] images = new double[6][14][14];
            for (int k = 0; k < 6; k++) {
                for (int i = 0; i < 14; i++) {
                    for (int j = 0; j < 14; j++) {
                        images[k][i][j] = Math.sin(i * (k + 1) / 4.0)
                                * Math.cos(j * (model.length() % 3 + 5) / 14.0);
                    }
                }
            }
            grid = grid.row(model, images);
        }
        return grid;
    }

    static Figure cloud() {
        var random = new Random(9);
        int n = 800;
        double[] x = new double[n];
        double[] y = new double[n];
        double[] z = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = random.nextGaussian();
            y[i] = 0.7 * x[i] + 0.4 * random.nextGaussian();
            z[i] = -0.5 * x[i] + 0.4 * random.nextGaussian();
        }
        return Figure.of("Two clouds and their regression lines").x("x").y("y").measured("first", x, y)
                .theory("first",
                        v -> 0.7 * v, -3, 3)
                .measured("second", x, z).theory("second", v -> -0.5 * v, -3, 3).note(
                        "both through the origin", 0, 0);
    }

    static Figure references() {
        double[] t = new double[100];
        double[] value = new double[100];
        Arrays.setAll(t, i -> i / 10.0);
        Arrays.setAll(value, i -> Math.sin(i / 10.0));
        double[] cos = Arrays.stream(t).map(Math::cos).toArray();
        return Figure.of(
                "A path colored by time, and reference lines close together, under a title that is so long that it"
                        + " must be broken into two lines")
                .x("ζ = Re ⟨ψ|φ⟩").y("‖∇L‖² ∝ λᵢ⁻¹").trajectory("time t", value, cos, t)
                .reference("upper bound", 0.5).reference("lower bound", 0.47).reference("zero", 0)
                .referenceX("left", -0.1)
                .referenceX("right", 0.02);
    }

    static Picture box() {
        var chart = new BoxChart(420, 320, Styler.ChartTheme.XChart);
        chart.setTitle("Accuracy over seeds");
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.addSeries("Tribuo", new double[]{0.80, 0.81, 0.83, 0.84});
        chart.addSeries("Smile", new double[]{0.82, 0.83, 0.83, 0.86});
        return Figure.grid(2, Figure.of(chart).caption("Four seeds."), modes().size(420, 320))
                .caption("Four seeds.");
    }

    static Figure range(double from, double to, boolean log) {
        double[] x = {from,
                Math.sqrt(Math.abs(from * to)) < to && log ? Math.sqrt(from * to) : (from + to) / 2, to};
        Figure figure = Figure.of("From " + Numerals.brief(from) + " to " + Numerals.brief(to)).x("x").y("y")
                .size(300, 240)
                .measured("point", x, x);
        return log ? figure.logX().logY() : figure;
    }
}
