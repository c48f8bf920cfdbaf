/** Section 2.1: theories of analytically solvable settings, as pure functions from numbers to numbers. */
package mechanics.solvable;
