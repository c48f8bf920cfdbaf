package mechanics.kernel;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Ends the kernel's process, also when code of a cell does not want to stop. */
final class Exit {

    /** For the last messages to leave. */
    private static final Duration FAREWELL = Duration.ofMillis(200);
    /** For the shutdown hooks of libraries. */
    private static final Duration HOOKS = Duration.ofSeconds(2);

    private Exit() {}

    /** Exits after a moment, without running on a thread of the caller. */
    static void soon() {
        daemon(() -> {
            Thread.sleep(FAREWELL);
            daemon(() -> {
                Thread.sleep(HOOKS);
                Runtime.getRuntime().halt(0);
            });
            Runtime.getRuntime().exit(0);
        });
    }

    /** A kernel whose Jupyter was killed would stay for ever: it ends with the process that Jupyter names. */
    static void withParent(Map<String, String> environment) {
        Optional.ofNullable(environment.get("JPY_PARENT_PID")).filter(pid -> pid.matches("\\d+"))
                .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)))
                .map(ProcessHandle::onExit).ifPresent(end -> {
                    var _ = end.thenRun(Exit::soon);
                });
    }

    private interface Task {
        void run() throws InterruptedException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "exit");
        thread.setDaemon(true);
        thread.start();
    }
}
