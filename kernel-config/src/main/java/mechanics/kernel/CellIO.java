package mechanics.kernel;

import java.nio.charset.StandardCharsets;

import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.JupyterIO;

/** Display and standard input of the running cell. */
final class CellIO extends JupyterIO {

    CellIO() { super(StandardCharsets.UTF_8); }

    /** Displays and questions belong to this request from now on. */
    void attach(ShellReplyEnvironment replies, boolean mayAsk) {
        setEnv(replies);
        setJupyterInEnabled(mayAsk);
    }
}
