package mechanics.training;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import mechanics.linalg.Array;
import mechanics.network.Network;

/**
 * The parameters of a trained network for keeping with a project, as in the result of a saved sweep: numbers of 16 bits
 * (a relative error of 2⁻¹¹), with the network that they belong to and a checksum. JSON shows the bytes as base 64, 2.7
 * characters a parameter.
 *
 * <p>To go on training, or for all digits, save the {@link Run} instead.
 *
 * @param network what the network is like: the text of its layers, with its input
 * @param count the number of parameters
 * @param numbers the parameters in their order in memory, little-endian, IEEE 754 binary16. Shared
 * @param checksum CRC-32 of the numbers
 */
public record Weights(String network, int count, byte[] numbers, int checksum) {
    /**
     * Checks that the numbers are whole.
     *
     * @throws IllegalArgumentException where they are not as {@link #of} made them
     */
    public Weights {
        if (network == null || numbers == null || numbers.length != 2 * count) {
            throw new IllegalArgumentException("weights with " + (numbers == null ? "no" : numbers.length)
                    + " bytes: expected 2 for each of " + count + " parameters, and a network");
        }
        int found = NumbersFile.checksum(numbers, numbers.length);
        if (found != checksum) {
            throw new IllegalArgumentException("weights with checksum " + found + ": expected " + checksum
                    + ", all bytes as they were saved");
        }
    }

    /**
     * The present parameters of a network.
     *
     * @param network whose parameters are copied
     */
    public static Weights of(Network network) {
        Array theta = network.parameters().array();
        var bytes = ByteBuffer.allocate(2 * theta.length()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < theta.length(); i++) {
            short half = Float.floatToFloat16((float) theta.get(i));
            if (!Float.isFinite(Float.float16ToFloat(half))) {
                throw new IllegalArgumentException(
                        "parameter " + i + " = " + theta.get(i) + ": expected less than 65,520");
            }
            bytes.putShort(half);
        }
        byte[] numbers = bytes.array();
        return new Weights(describe(network), theta.length(), numbers,
                NumbersFile.checksum(numbers, numbers.length));
    }

    /**
     * Gives a network these parameters. Modified: the network.
     *
     * @param target a network of the same architecture; modified
     * @return the network
     * @throws IllegalArgumentException where they are those of another network
     */
    public Network into(Network target) {
        String found = describe(target);
        if (!found.equals(network) || target.parameters().count() != count) {
            throw new IllegalArgumentException("weights of " + count + " parameters of " + network
                    + ": expected those of " + target.parameters().count() + " parameters of " + found);
        }
        Array theta = target.parameters().array();
        var bytes = ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) theta.set(i, Float.float16ToFloat(bytes.getShort()));
        target.parameters().changed();
        return target;
    }

    private static String describe(Network network) { return network.input() + " → " + network.layers(); }

    /** Equal in every bit. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Weights w && network.equals(w.network)
                && Arrays.equals(numbers, w.numbers);
    }

    @Override
    public int hashCode() { return checksum; }

    @Override
    public String toString() { return count + " weights of " + network; }
}
