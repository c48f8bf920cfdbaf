/** Section 2.5: theories of universal phenomena, as pure functions from numbers to numbers. */
package mechanics.universality;
