/** Section 2.3: theories of simple empirical laws, as pure functions from numbers to numbers. */
package mechanics.laws;
