package mechanics.learners;

import java.util.Arrays;
import java.util.Map;
import java.util.function.ToIntFunction;

import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.common.sgd.AbstractLinearSGDModel;

/** The parameters of Tribuo's linear models in the order of our inputs and outputs. */
final class TribuoWeights {
    private TribuoWeights() {}

    /**
     * The weights k × d and the biases k × 1 of a linear model; nothing of another.
     *
     * @param number the number of our output that an output of Tribuo's is
     */
    static <T extends Output<T>> Map<String, double[][]> of(Model<T> model, int inputs, int outputs,
            ToIntFunction<T> number) {
        if (!(model instanceof AbstractLinearSGDModel<T> linear)) return Map.of();
        // Rows by Tribuo's number of the output, columns by that of the feature, which is in the order of the names;
        // the bias comes last.
        double[][] stored = linear.getWeightsCopy().toArray();
        var weights = new double[outputs][inputs];
        var bias = new double[outputs][1];
        for (int row = 0; row < stored.length; row++) {
            int output = number.applyAsInt(model.getOutputIDInfo().getOutput(row));
            weights[output] = Arrays.copyOf(stored[row], inputs);
            bias[output][0] = stored[row][inputs];
        }
        return Map.of("weights", weights, "bias", bias);
    }
}
