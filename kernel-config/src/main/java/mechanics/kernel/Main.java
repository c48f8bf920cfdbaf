package mechanics.kernel;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Logger;

import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;

/** Starts the kernel. */
public final class Main {

    private Main() {}

    /**
     * Starts a kernel that serves until Jupyter shuts it down.
     *
     * @param args the connection file that Jupyter wrote
     */
    public static void main(String[] args) throws Exception {
        PrintStream log = System.err;
        if (args.length != 1 || !Files.isReadable(Path.of(args[0]))) {
            log.println(
                    "usage: mechanics.kernel.Main CONNECTION_FILE (Jupyter writes the file and starts the kernel)");
            System.exit(2);
        }
        Connection connection = start(
                KernelConnectionProperties.parse(Files.readString(Path.of(args[0]))), log);
        Exit.withParent(System.getenv());
        connection.waitUntilClose();
    }

    /** Starts a kernel that serves in the background. */
    static Connection start(KernelConnectionProperties properties, PrintStream log) throws Exception {
        // The handlers of java.util.logging keep the System.err that they find first: it must not be a cell's.
        Logger.getLogger("").getHandlers();
        Environment environment = environment(log);
        Outbox outbox = new Outbox();
        JavaKernel kernel = new JavaKernel(environment, outbox,
                Startup.of(environment, log));
        Connection connection = new Connection(properties, outbox, log);
        kernel.becomeHandlerForConnection(connection);
        kernel.onStartup();
        connection.connect();
        return connection;
    }

    private static Environment environment(PrintStream log) {
        try {
            return Environment.of(System.getenv());
        } catch (IllegalArgumentException e) {
            log.println(e.getMessage());
            System.exit(2);
            throw e;
        }
    }
}
