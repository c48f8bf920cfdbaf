/** Trainings of character transformers of many sizes. */
package mechanics.training.text;
