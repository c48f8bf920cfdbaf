/**
 * Figures with theory as lines and measurement as markers. Knows nothing of learning:
 * {@link mechanics.plot.Figure}, {@link mechanics.plot.FigureGrid} and {@link mechanics.plot.ImageGrid}.
 */
package mechanics.plot;
