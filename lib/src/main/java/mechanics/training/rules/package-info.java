/**
 * Learning rules. Most are a {@link mechanics.training.rules.Descent}: an update with batches, schedules,
 * decay and noise of one's choice. {@link mechanics.training.rules.GradientFlow} is its limit of small steps.
 */
package mechanics.training.rules;
