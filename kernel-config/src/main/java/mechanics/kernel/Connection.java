package mechanics.kernel;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;

import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.channels.JupyterSocket;
import org.dflib.jjava.jupyter.channels.ShellChannel;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.channels.StdinChannel;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.MessageContext;

/** Jupyter's sockets; what a request publishes leaves through the {@link Outbox}. */
final class Connection extends JupyterConnection {

    private final Outbox outbox;

    /** Nothing is bound before {@link #connect()}. */
    Connection(KernelConnectionProperties properties, Outbox outbox)
            throws NoSuchAlgorithmException, InvalidKeyException {
        super(properties);
        this.outbox = outbox;
        // By default the queue drops what a slow front end has not read yet: a cell's last words, or its end.
        iopub.setSndHWM(0);
    }

    @Override
    public ShellReplyEnvironment prepareReplyEnv(ShellChannel channel, MessageContext context) {
        return new Replies(channel, stdin, iopub, context, outbox);
    }

    private static final class Replies extends ShellReplyEnvironment {

        private final Outbox outbox;

        Replies(ShellChannel shell, StdinChannel stdin, JupyterSocket iopub, MessageContext context,
                Outbox outbox) {
            super(shell, stdin, iopub, context);
            this.outbox = outbox;
        }

        @Override
        public void publish(Message<?> message) { outbox.send(() -> super.publish(message)); }

        /** The reply and the status idle come after everything that the cell printed. */
        @Override
        public void resolveDeferrals() {
            outbox.flush();
            super.resolveDeferrals();
        }
    }
}
