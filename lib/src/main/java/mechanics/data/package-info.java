/**
 *  Data sets, real and synthetic, as typed values with shapes.
 *
 * <p>
 * Real data come from the project's folder {@code datasets} ({@link mechanics.data.FashionMnist},
 * {@link mechanics.data.Digits}, {@link mechanics.data.Photos}, {@link mechanics.data.Texts},
 * {@link mechanics.data.Languages}, {@link mechanics.data.Tables}) or, on request, from their official homes
 * ({@link mechanics.data.Mnist}, {@link mechanics.data.Cifar10}). Synthetic inputs are
 * {@link mechanics.data.Inputs}; a {@link mechanics.data.Teacher} turns them into a task.
 *
 * <p>
 * Everywhere rows are samples, and what is random takes a seed: the same seed gives the same numbers.
 */
package mechanics.data;
