/**
 * What every other package may use and that knows none of them: {@link mechanics.base.Seed}, the one source of
 * randomness, {@link mechanics.base.Require}, the one set of argument checks, {@link mechanics.base.Shape}, and how a
 * value shows itself at the end of a cell ({@link mechanics.base.Renderable}).
 */
package mechanics.base;
