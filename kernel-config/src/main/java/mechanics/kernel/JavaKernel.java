package mechanics.kernel;

import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import jdk.jshell.spi.ExecutionControl;
import mechanics.lab.Progress;
import org.dflib.jjava.jupyter.channels.ShellReplyEnvironment;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.HelpLink;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.display.mime.MIMEType;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.PathsHandler;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.dflib.jjava.jupyter.messages.Message;
import org.dflib.jjava.jupyter.messages.publish.PublishError;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteInput;
import org.dflib.jjava.jupyter.messages.publish.PublishExecuteResult;
import org.dflib.jjava.jupyter.messages.reply.ErrorReply;
import org.dflib.jjava.jupyter.messages.reply.ExecuteReply;
import org.dflib.jjava.jupyter.messages.request.ExecuteRequest;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;
import org.dflib.jjava.jupyter.messages.request.ShutdownRequest;

/** Answers Jupyter's messages. The session opens in the background while the connection is made. */
public final class JavaKernel extends BaseKernel {

    private static final LanguageInfo JAVA = new LanguageInfo("java", Runtime.version().toString(),
            "text/x-java-source",
            ".java", "java", "text/x-java", "script");
    private static final List<HelpLink> HELP = List.of(
            new HelpLink("Java API", "https://docs.oracle.com/en/java/javase/25/docs/api/index.html"),
            new HelpLink("There Will Be a Scientific Theory of Deep Learning",
                    "https://arxiv.org/abs/2604.21691"));

    private final Environment environment;
    private final Outbox outbox;
    private final CellIO cellIO;
    private final CellControl control;
    private final Startup startup;
    private final CompletableFuture<Session> session = new CompletableFuture<>();
    private final LiveProgress progress = new LiveProgress(this);
    private final History history = new History();
    private final AbortAfterError aborts = new AbortAfterError();
    private final Set<String> displayed = ConcurrentHashMap.newKeySet();
    /** Already there when the start-up scripts run, for their magics. */
    private volatile Session opened;

    /**
     * A kernel that does not run yet.
     *
     * @param environment what the user set
     * @param outbox      where cells print
     * @param startup     imports and code that every session begins with
     */
    JavaKernel(Environment environment, Outbox outbox, Startup startup) {
        this(environment, outbox, startup, new CellIO());
    }

    private JavaKernel(Environment environment, Outbox outbox, Startup startup, CellIO io) {
        super("mechanics", version(), JAVA, HELP, null, io, new OrderedComms(outbox), new ValueRenderer(),
                new MagicParser("(?!)", "(?!)", new MagicTranspiler()), new MagicsRegistry(),
                environment.extensions(),
                new StringStyler.Builder().build());
        this.environment = environment;
        this.outbox = outbox;
        this.startup = startup;
        cellIO = io;
        this.control = new CellControl(new CellClasses(), environment.timeLimit());
        KernelMagics.register(magicsRegistry);
    }

    /** Shows null as text; the protocol layer's own renderer fails on it. */
    private static final class ValueRenderer extends Renderer {

        @Override
        public DisplayData render(Object value, Map<String, Object> parameters) {
            return super.render(value == null ? "null" : value, parameters);
        }

        @Override
        public DisplayData renderAs(Object value, Map<String, Object> parameters, String... types) {
            return super.renderAs(value == null ? "null" : value, parameters, types);
        }
    }

    private static String version() {
        String version = JavaKernel.class.getPackage().getImplementationVersion();
        return version == null ? "0" : version;
    }

    /** The session, once it is ready. */
    private Session session() { return session.join(); }

    /** Takes over the standard streams and begins to open the session. */
    @Override
    public void onStartup() {
        installNotebookKernel();
        if (!environment.headless()) {
            Progress.sink(progress);
        }
        takeStreams();
        var _ = session.completeAsync(this::open);
    }

    /** What a cell sets the standard streams to is for that cell. */
    private void takeStreams() {
        System.setOut(outbox.out());
        System.setErr(outbox.err());
        System.setIn(cellIO.in);
    }

    private Session open() {
        String classpath = PathsHandler.joinPaths(PathsHandler.splitAndResolveGlobs(environment.classpath()));
        opened = new Session(control, environment, classpath, new RegisteredMagics(this, magicsRegistry),
                outbox.out()::println);
        installExtensions();
        startup.run(opened);
        return opened;
    }

    private void installExtensions() {
        if (extensionsEnabled) {
            installExtensions(opened.classLoader());
        }
    }

    /** Adds jars and folders to what cells see, and installs the extensions in them. */
    void addToClasspath(String paths) {
        opened.addToClasspath(paths);
        installExtensions();
    }

    /** Does what may wait for long, as for a network, so that an interrupt ends it. */
    <T> T stoppable(Callable<T> work) throws Exception {
        try {
            return control.call(work);
        } catch (ExecutionControl.StoppedException e) {
            throw control.failure().orElseThrow();
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Evaluates source as part of the running cell. */
    Object evaluate(Cell cell) throws CellFailure {
        return opened.evaluate(cell);
    }

    // ------------------------------------------------------------------ execute

    @Override
    protected synchronized void handleExecuteRequest(ShellReplyEnvironment replies,
            Message<ExecuteRequest> message) {
        ExecuteRequest request = message.getContent();
        if (aborts.covers(message.getHeader())) {
            replies.defer().reply(aborts.reply(message));
            return;
        }
        commManager.setMessageContext(message);
        boolean counted = request.shouldStoreHistory() && !request.isSilent();
        int count = counted ? executionCount.getAndIncrement() : executionCount.get();
        if (!request.isSilent()) {
            replies.publish(new PublishExecuteInput(request.getCode(), count));
        }
        control.begin();
        cellIO.attach(replies, request.isStdinEnabled());
        outbox.attach(destination(replies));
        takeStreams();
        progress.newCell();
        String shown = null;
        try {
            Object value = session().evaluate(Cell.numbered(count, request.getCode()));
            if (isShown(value) && !request.isSilent()) {
                DisplayData data = render(value);
                replies.publish(new PublishExecuteResult(count, data));
                shown = String.valueOf(data.getData(MIMEType.TEXT_PLAIN));
            }
            Map<String, Object> expressions = new LinkedHashMap<>();
            request.getUserExpr().forEach((name, code) -> expressions.put(name, userExpression(name, code)));
            ((Replies) replies.defer()).answer(
                    Map.of("status", "ok", "execution_count", count, "user_expressions", expressions));
        } catch (CellFailure failure) {
            fail(replies, request, count, failure);
        } catch (RuntimeException | Error broken) {
            fail(replies, request, count,
                    CellFailure.of("KernelError", "the kernel itself failed: " + broken));
        } finally {
            takeStreams();
        }
        if (counted) {
            history.add(count, request.getCode(), shown);
        }
    }

    /** What a front end asks for beside the cell: its failure is no failure of the cell. */
    private Object userExpression(String name, String code) {
        try {
            Object value = session().evaluate(new Cell("user expression " + name, code));
            JsonObject data = new Gson().toJsonTree(render(value)).getAsJsonObject();
            data.addProperty("status", "ok");
            return data;
        } catch (CellFailure failure) {
            return Map.of("status", "error", "ename", failure.name(), "evalue",
                    String.valueOf(failure.getMessage()), "traceback", failure.report());
        }
    }

    private static Outbox.Destination destination(ShellReplyEnvironment replies) {
        return new Outbox.Destination() {
            @Override
            public void output(String text) { replies.writeToStdOut(text); }

            @Override
            public void error(String text) { replies.writeToStdErr(text); }
        };
    }

    private void fail(ShellReplyEnvironment replies, ExecuteRequest request, int count, CellFailure failure) {
        if (!request.isSilent()) {
            replies.publish(new PublishError(failure.name(), failure.getMessage(), failure.report()));
        }
        ErrorReply reply = new ErrorReply(failure.name(), failure.getMessage(), failure.report());
        reply.setExecutionCount(count);
        replies.defer().replyError(ExecuteReply.MESSAGE_TYPE.error(), reply);
        if (request.shouldStopOnError()) {
            aborts.begin();
        }
    }

    /**
     * What says nothing to a reader is not shown: the id that {@code display} returns for {@code updateDisplay}, and
     * a stream, which is what {@code System.out.printf} returns.
     */
    private boolean isShown(Object value) {
        return value != null && !(value instanceof PrintStream)
                && !(value instanceof String text && displayed.contains(text));
    }

    private DisplayData render(Object value) throws CellFailure {
        if (value instanceof DisplayData data) {
            return data;
        }
        try {
            // A value's text is code of the user's class.
            return stoppable(() -> renderer.render(value));
        } catch (CellFailure stopped) {
            throw stopped;
        } catch (Exception broken) {
            Throwable reason = broken.getCause() == null ? broken : broken.getCause();
            throw CellFailure.of(reason.getClass().getSimpleName(),
                    "the value of the cell, a " + value.getClass().getName() + ", could not be shown: "
                            + reason.getMessage());
        }
    }

    @Override
    public void display(DisplayData data) {
        if (data.hasDisplayId()) {
            displayed.add(data.getDisplayId());
        }
        super.display(data);
    }

    /** Evaluates source as part of the running cell. */
    @Override
    public Object evalRaw(String source) {
        try {
            return evaluate(new Cell("eval", source));
        } catch (CellFailure failure) {
            throw new IllegalArgumentException(String.join("\n", failure.report()), failure);
        }
    }

    // ------------------------------------------------------------------ help while typing

    @Override
    public ReplacementOptions complete(String code, int at) {
        return unless(null, () -> new Completion(session(), magicsRegistry).complete(code, at));
    }

    @Override
    public DisplayData inspect(String code, int at, boolean extraDetail) {
        return unless(null, () -> new Inspection(session().analysis(), new LibraryDocs(environment.sources()))
                .inspect(code, at).orElse(null));
    }

    @Override
    public String isComplete(String code) {
        return unless(IS_COMPLETE_MAYBE, () -> switch (session().reader().state(code)) {
            case COMPLETE -> IS_COMPLETE_YES;
            case WRONG -> IS_COMPLETE_BAD;
            case INCOMPLETE -> Completion.indentation(code);
        });
    }

    /** The compiler's own help fails on some of what is half typed: then there is none. */
    private static <T> T unless(T none, Supplier<T> help) {
        try {
            return help.get();
        } catch (RuntimeException | StackOverflowError | InternalError | AssertionError e) {
            return none;
        }
    }

    @Override
    protected void handleHistoryRequest(ShellReplyEnvironment replies, Message<HistoryRequest> message) {
        ((Replies) replies).answer(Map.of("history", history.answer(message.getContent())));
    }

    // ------------------------------------------------------------------ control

    @Override
    public void interrupt() { control.stop(); }

    @Override
    protected void handleShutdownRequest(ShellReplyEnvironment replies, Message<ShutdownRequest> message) {
        interrupt();
        super.handleShutdownRequest(replies, message);
        Exit.soon();
    }
}
