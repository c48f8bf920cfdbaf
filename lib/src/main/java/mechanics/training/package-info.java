/**
 *  Tasks, learning rules and runs. A {@link mechanics.training.Task} turns outputs into a loss,
 * {@link mechanics.training.Derivatives} gives its exact derivatives in parameter space, a
 * {@link mechanics.training.LearningRule} moves through that space, and a {@link mechanics.training.Run} does so
 * while it measures {@linkplain mechanics.training.Observable observables}. Most rules are a
 * {@link mechanics.training.rules.Descent}: an update with batches, schedules, decay and noise of one's choice.
 */
package mechanics.training;
