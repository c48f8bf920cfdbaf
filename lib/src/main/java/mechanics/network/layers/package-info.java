/** The layers. {@link mechanics.network.layers.Layers} makes each by a word. */
package mechanics.network.layers;
