package mechanics.data;

/**
 * A data set in two parts.
 *
 * @param <T> the kind of data set
 * @param train what a model is fitted to
 * @param test what it is judged on
 */
public record Split<T>(T train, T test) {}
