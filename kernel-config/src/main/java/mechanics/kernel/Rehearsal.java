package mechanics.kernel;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A kernel that is asked, by itself, what a notebook asks, and ends. Java's ahead-of-time cache is recorded while it
 * runs, so that later kernels begin with the classes that it loaded: see {@code -XX:AOTCacheOutput}.
 */
public final class Rehearsal {

    private static final int ANSWER_MILLIS = 120_000;

    private final ZMQ.Socket shell;

    private Rehearsal(ZMQ.Socket shell) { this.shell = shell; }

    /**
     * Runs a notebook's cells of code, one after another, and exits: 0 if all of them were executed without an error.
     *
     * @param args the notebook
     */
    public static void main(String[] args) throws Exception {
        PrintStream log = System.err;
        if (args.length != 1 || !Files.isReadable(Path.of(args[0]))) {
            log.println("usage: mechanics.kernel.Rehearsal NOTEBOOK");
            System.exit(2);
        }
        List<String> cells = cells(Files.readString(Path.of(args[0])));
        KernelConnectionProperties properties = properties();
        Main.start(properties, log);
        try (ZContext context = new ZContext()) {
            ZMQ.Socket shell = context.createSocket(SocketType.DEALER);
            shell.setReceiveTimeOut(ANSWER_MILLIS);
            shell.connect("tcp://" + properties.getIp() + ":" + properties.getShellPort());
            new Rehearsal(shell).run(cells);
        } catch (IllegalStateException e) {
            log.println(e.getMessage());
            System.exit(1);
        }
        System.exit(0);
    }

    /** The code of a notebook. What a template leaves open is filled in. */
    private static List<String> cells(String notebook) {
        List<String> cells = new ArrayList<>();
        for (JsonElement cell : JsonParser.parseString(notebook).getAsJsonObject().getAsJsonArray("cells")) {
            if (!cell.getAsJsonObject().get("cell_type").getAsString().equals("code")) continue;
            JsonElement source = cell.getAsJsonObject().get("source");
            StringBuilder code = new StringBuilder();
            if (source.isJsonArray())
                source.getAsJsonArray().forEach(line -> code.append(line.getAsString()));
            else
                code.append(source.getAsString());
            cells.add(code.toString().replace("{{id}}", "1.1"));
        }
        return cells;
    }

    /** Of this machine alone, at ports that are free, without a key. */
    private static KernelConnectionProperties properties() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            int[] ports = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
            return KernelConnectionProperties
                    .parse("""
                            {"ip": "127.0.0.1", "transport": "tcp", "signature_scheme": "hmac-sha256", "key": "", \
                            "shell_port": %d, "iopub_port": %d, "stdin_port": %d, "hb_port": %d, "control_port": %d}"""
                            .formatted(ports[0], ports[1], ports[2], ports[3], ports[4]));
        } finally {
            for (ServerSocket socket : sockets) socket.close();
        }
    }

    private void run(List<String> cells) {
        ask("kernel_info_request", new JsonObject());
        for (String cell : cells) {
            JsonObject content = new JsonObject();
            content.addProperty("code", cell);
            JsonObject reply = ask("execute_request", content);
            if (!reply.get("status").getAsString().equals("ok")) {
                throw new IllegalStateException("a cell failed: " + reply);
            }
        }
        JsonObject place = new JsonObject();
        place.addProperty("code", "Figure.of(\"a\").");
        place.addProperty("cursor_pos", "Figure.of(\"a\").".length());
        ask("complete_request", place);
    }

    /** The content of the reply. */
    private JsonObject ask(String type, JsonObject content) {
        JsonObject header = new JsonObject();
        header.addProperty("msg_id", UUID.randomUUID().toString());
        header.addProperty("msg_type", type);
        header.addProperty("session", "rehearsal");
        header.addProperty("username", "");
        header.addProperty("date", "2026-01-01T00:00:00Z");
        header.addProperty("version", "5.3");
        for (String frame : List.of("<IDS|MSG>", "", header.toString(), "{}", "{}")) {
            shell.sendMore(frame.getBytes(StandardCharsets.UTF_8));
        }
        shell.send(content.toString().getBytes(StandardCharsets.UTF_8));
        List<String> frames = new ArrayList<>();
        do {
            byte[] frame = shell.recv();
            if (frame == null) {
                throw new IllegalStateException("no reply to " + type + " within " + ANSWER_MILLIS + " ms");
            }
            frames.add(new String(frame, StandardCharsets.UTF_8));
        } while (shell.hasReceiveMore());
        return JsonParser.parseString(frames.getLast()).getAsJsonObject();
    }
}
