package mechanics.guides;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import mechanics.lab.predictions.Check;
import mechanics.lab.predictions.Prediction;
import mechanics.lab.predictions.Tolerance;
import mechanics.training.Quadratic;
import mechanics.training.rules.GradientDescent;

/** The code of the guide to writing a notebook. */
class NotebookGuideTest {
    @Test
    void aPredictionIsStatedBeforeTheRunAndCheckedAfterIt() {
        // guide: predict
        double rate = 0.1;
        double curvature = 4;
        int steps = 10;
        Prediction decay = Prediction.law("0.0-decay", "One mode shrinks by the factor 1 − ηλ at each step")
                .predicts(Math.pow(1 - rate * curvature, steps))
                .within(Tolerance.rounding(53, steps, 1), "exact: a rounding at each step")
                .rival("gradient flow, exp(−ηλt)", Math.exp(-rate * curvature * steps));
        // end

        // guide: check
        double[] weights = Quadratic.after(steps, GradientDescent.of(rate));
        Check check = decay.check(weights[0] / Quadratic.START[0]);
        // end
        assertTrue(check.passed(), check.toString());
    }
}
