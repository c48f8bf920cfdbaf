/**
 * The Java kernel: Jupyter's messages on one side, JShell on the other.
 * <p>
 * {@link mechanics.kernel.JavaKernel} answers the messages, {@link mechanics.kernel.Session} evaluates cells,
 * {@link mechanics.kernel.CellControl} runs and stops their code, {@link mechanics.kernel.CellFailure} is what the user
 * reads when a cell goes wrong, and {@link mechanics.kernel.MechanicsExtension} shows the laboratory's values, in this
 * kernel and in a stock JJava.
 */
package mechanics.kernel;
