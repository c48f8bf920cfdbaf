package mechanics.kernel;

import java.util.List;
import java.util.Map;

import com.google.gson.JsonObject;
import org.dflib.jjava.jupyter.kernel.comm.Comm;
import org.dflib.jjava.jupyter.kernel.comm.CommFactory;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;

/** Comms whose messages leave in order with what the cell prints, and not from its thread, which may be interrupted. */
final class OrderedComms extends CommManager {

    private final Outbox outbox;

    OrderedComms(Outbox outbox) { this.outbox = outbox; }

    @Override
    public <T extends Comm> T openComm(String targetName, CommFactory<T> factory) {
        var opened = new java.util.concurrent.atomic.AtomicReference<T>();
        outbox.send(() -> opened.set(super.openComm(targetName, factory)));
        return opened.get();
    }

    @Override
    public void messageComm(String id, JsonObject data, Map<String, Object> metadata, List<byte[]> blobs) {
        outbox.send(() -> super.messageComm(id, data, metadata, blobs));
    }

    @Override
    public void closeComm(Comm comm) { outbox.send(() -> super.closeComm(comm)); }
}
