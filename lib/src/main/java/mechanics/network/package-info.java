/**
 *  Architectures and what is inside a network. A {@link mechanics.network.Layer} describes, a
 * {@link mechanics.network.Node} computes; both are written once over {@link mechanics.network.Pass}, which runs the
 * same lines on values and on tangents and so gives exact derivatives of first and second order.
 */
package mechanics.network;
