/** Section 2.4: theories of hyperparameters, as pure functions from numbers to numbers. */
package mechanics.hyperparameters;
