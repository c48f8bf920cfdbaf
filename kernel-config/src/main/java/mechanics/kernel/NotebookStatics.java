package mechanics.kernel;

import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** What cells of other kernels of the family call without an import, beyond what the protocol layer itself offers. */
public final class NotebookStatics {

    private NotebookStatics() {}

    /** The kernel that runs the notebook. */
    public static JavaKernel kernel() {
        return (JavaKernel) BaseKernel.notebookKernel();
    }

    /** The kernel that runs the notebook, by its older name. */
    public static JavaKernel getKernelInstance() {
        return kernel();
    }
}
