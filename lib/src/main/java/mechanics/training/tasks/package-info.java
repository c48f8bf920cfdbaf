/** Losses, and what is measured with them: accuracy, test sets, baselines. */
package mechanics.training.tasks;
