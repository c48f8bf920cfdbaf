/**
 * Floor 5, what a notebook touches: figures with theory as lines and measurement as markers, predictions stated before
 * the run and checked by it, progress, sweeps, scales and the checks of exercises.
 */
package mechanics.lab;
