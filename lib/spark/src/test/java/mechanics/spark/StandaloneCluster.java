package mechanics.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.apache.spark.SparkConf;

/**
 * A cluster of Spark on this machine, of processes that can be killed: a master and workers, each of which starts an
 * executor of one core. Everything listens on 127.0.0.1.
 */
final class StandaloneCluster implements AutoCloseable {
    private static final List<String> OPENED = List.of("java.lang", "java.lang.invoke", "java.nio",
            "java.util",
            "sun.nio.ch");

    private final Path home;
    private final int port;
    private final List<Process> processes = new ArrayList<>();

    /**
     * Starts the processes.
     *
     * @param home a new folder for everything that Spark writes
     */
    StandaloneCluster(Path home, int workers) throws IOException {
        this.home = home;
        Path jars = Files.createDirectories(home.resolve("jars"));
        int n = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path path = Path.of(entry);
            if (Files.isRegularFile(path))
                Files.createSymbolicLink(jars.resolve(n++ + ".jar"), path.toAbsolutePath());
        }
        port = freePort();
        start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port",
                Integer.toString(port), "--webui-port", "0");
        for (int i = 1; i <= workers; i++) {
            start("worker" + i, "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1",
                    "--webui-port", "0",
                    "--cores", "1", "--memory", "700m", "--work-dir", home.resolve("work" + i).toString(),
                    url());
        }
    }

    private String url() { return "spark://127.0.0.1:" + port; }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void start(String name, String main, String... arguments) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        OPENED.forEach(p -> command.add("--add-opens=java.base/" + p + "=ALL-UNNAMED"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(home.resolve(name + ".log").toFile());
        builder.environment().putAll(Map.of("SPARK_HOME", home.toString(), "SPARK_SCALA_VERSION", "2.13",
                "SPARK_LOCAL_IP", "127.0.0.1", "JAVA_HOME", System.getProperty("java.home")));
        processes.add(builder.start());
    }

    /** How a driver in this JVM reaches the cluster; executors get this JVM's classes, libraries and options. */
    SparkConf configuration() {
        return new SparkConf().setAppName("test").setMaster(url()).set("spark.driver.host", "127.0.0.1")
                .set("spark.driver.bindAddress", "127.0.0.1").set("spark.ui.enabled", "false")
                .set("spark.executor.memory", "512m").set("spark.executor.cores", "1")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .set("spark.executor.extraJavaOptions",
                        "--add-modules=jdk.incubator.vector --enable-native-access=ALL-UNNAMED -Xss16m")
                .set("spark.executorEnv.LD_LIBRARY_PATH", System.getenv().getOrDefault("LD_LIBRARY_PATH", ""))
                .set("spark.executorEnv.OPENBLAS_NUM_THREADS", "1");
    }

    /** Kills a worker, from 1, as the system does when memory runs out; its executor ends without it. */
    void kill(int worker) throws InterruptedException {
        processes.get(worker).destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        for (Process process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
