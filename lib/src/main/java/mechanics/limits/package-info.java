/** Section 2.2: what limits make simple, as pure functions from numbers to numbers. */
package mechanics.limits;
