package mechanics.kernel;

import mechanics.lab.Progress;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;

/** Shows progress in one display below the running cell: updated in place, empty when the work is done. */
final class LiveProgress implements Progress.Sink {

    private final BaseKernel kernel;
    private String display;
    private int count;

    LiveProgress(BaseKernel kernel) {
        this.kernel = kernel;
    }

    /** What is shown from now on belongs to another cell. */
    synchronized void newCell() {
        display = null;
    }

    @Override
    public synchronized void show(String line) {
        DisplayData data = new DisplayData(line);
        if (display == null) {
            display = "progress-" + count++;
            data.setDisplayId(display);
            kernel.display(data);
        } else {
            kernel.getIO().display.updateDisplay(display, data);
        }
    }

    @Override
    public synchronized void clear() {
        if (display != null) {
            kernel.getIO().display.updateDisplay(display, new DisplayData(""));
        }
    }
}
