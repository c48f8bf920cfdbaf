/** Predictions stated before the run and checked by it, their ledger, and the checks of exercises. */
package mechanics.lab.predictions;
