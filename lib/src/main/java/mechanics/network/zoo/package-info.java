/** Whole architectures, from a diagonal linear network to a transformer. */
package mechanics.network.zoo;
