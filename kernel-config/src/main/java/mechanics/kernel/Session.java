package mechanics.kernel;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import mechanics.kernel.Origins.Origin;

/**
 * The variables, methods and types of a notebook, and the evaluation of cells. Cells are evaluated one at a time;
 * what they run is stopped through the {@link CellControl}.
 */
final class Session implements AutoCloseable {

    /** Runs the magics of cells. */
    interface Magics {

        /** Runs {@code %name arguments}; the value may be null. */
        Object line(String name, List<String> arguments) throws CellFailure;

        /** Runs {@code %%name arguments} on the rest of the cell; the value may be null. */
        Object cell(String name, List<String> arguments, String body) throws CellFailure;
    }

    private final CellControl control;
    private final JShell shell;
    private final CellReader reader;
    private final Origins origins = new Origins();
    private final Imports imports;
    private final ExceptionReport exceptions;
    private final Magics magics;
    private final Consumer<String> notes;

    /**
     * @param control     runs the code, and is told when a cell begins
     * @param environment what the user set
     * @param classpath   jars and folders, separated as in a class path
     * @param magics      runs magics
     * @param notes       takes remarks on what a cell declared, one line each
     */
    Session(CellControl control, Environment environment, String classpath, Magics magics,
            Consumer<String> notes) {
        this.control = control;
        this.shell = JShell.builder().executionEngine(new Provider(control), Map.of())
                .compilerOptions(environment.compilerOptions().toArray(String[]::new)).build();
        // Before the analysis is there, and even if there is nothing to add: its indexer reads the class path in the
        // background, and where it reads what nobody has set, it sets the default, over what is set meanwhile.
        shell.addToClasspath(classpath.isBlank() ? ownPlace() : classpath);
        this.reader = new CellReader(shell.sourceCodeAnalysis());
        this.imports = new Imports(shell, control.classes().loader());
        this.exceptions = new ExceptionReport(shell, origins);
        this.magics = magics;
        this.notes = notes;
    }

    private record Provider(CellControl control) implements ExecutionControlProvider {

        @Override
        public String name() { return "cells"; }

        @Override
        public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
            return control;
        }
    }

    /** On the class path anyway. */
    private static String ownPlace() {
        try {
            return Path.of(Session.class.getProtectionDomain().getCodeSource().getLocation().toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Evaluates a cell from top to bottom, or more source as part of the running cell, such as a loaded file. Source that
     * cannot be parsed does not run at all.
     *
     * @return the value of its last expression, null if it has none
     * @throws CellFailure if it does not compile, throws or is stopped; what ran before stays
     */
    Object evaluate(Cell cell) throws CellFailure {
        List<Piece> pieces = reader.read(cell.source());
        if (!pieces.isEmpty() && pieces.getLast() instanceof Piece.Code last && last.unsound()) {
            pieces = List.of(last);
        }
        Declarations declarations = new Declarations(shell);
        Object value = null;
        List<Piece> ordered = CellOrder.of(pieces, this::isKnown);
        try {
            for (Piece piece : ordered) {
                checkStopped();
                value = switch (piece) {
                    case Piece.Code code -> snippet(new Origin(cell, code.offset(), code.gap()),
                            code.source(), declarations);
                    case Piece.Provisional code -> {
                        eval(code.source()).forEach(declarations::add);
                        yield null;
                    }
                    case Piece.LineMagic magic -> magics.line(magic.name(), magic.arguments());
                    case Piece.CellMagic magic -> magics.cell(magic.name(), magic.arguments(), magic.body());
                };
            }
        } finally {
            declarations.notes().forEach(notes);
        }
        // Types move up; if one stands last, the cell has no value.
        boolean last = pieces.isEmpty() || pieces.getLast().offset() == ordered.getLast().offset();
        return last ? value : null;
    }

    private boolean isKnown(Piece.Code code) {
        return shell.snippets().anyMatch(snippet -> snippet.kind() == Snippet.Kind.TYPE_DECL
                && snippet.source().equals(code.source()) && shell.status(snippet) == Status.VALID);
    }

    private Object snippet(Origin origin, String source, Declarations declarations) throws CellFailure {
        Object value = null;
        for (SnippetEvent event : eval(source)) {
            declarations.add(event);
            if (event.causeSnippet() == null) {
                origins.put(event.snippet(), origin);
                value = value(event, origin);
                imports.settle(event.snippet()).forEach(declarations::note);
            }
        }
        return value;
    }

    /** The compiler fails by itself on some code that is wrong in strange ways. That is an error of the cell. */
    private List<SnippetEvent> eval(String source) throws CellFailure {
        try {
            return shell.eval(source);
        } catch (IllegalStateException | StackOverflowError | InternalError | AssertionError broken) {
            throw CellFailure.of("CompileError", "the compiler itself fails on: "
                    + source.lines().findFirst().orElse("").strip() + "  (" + broken + ")");
        }
    }

    private Object value(SnippetEvent event, Origin origin) throws CellFailure {
        checkStopped();
        Snippet snippet = event.snippet();
        if (event.status() == Status.REJECTED) {
            throw CompileReport.of(origin, shell.diagnostics(snippet).toList());
        }
        if (isLost(event)) {
            CellFailure failure = CompileReport.of(origin, shell.diagnostics(snippet).toList());
            shell.drop(snippet);
            throw failure;
        }
        if (event.exception() != null) {
            throw exceptions.of(event.exception());
        }
        return isShown(snippet) ? control.result() : null;
    }

    /**
     * Whether it did not run and never will: JShell keeps an expression whose type is not complete, or a variable with
     * its initial value, for when the type is there, but then it only declares it.
     */
    private static boolean isLost(SnippetEvent event) {
        boolean recoverable = event.status() == Status.RECOVERABLE_DEFINED
                || event.status() == Status.RECOVERABLE_NOT_DEFINED;
        return recoverable && switch (event.snippet().kind()) {
            case METHOD, TYPE_DECL -> false;
            case VAR -> event.snippet().subKind() != SubKind.VAR_DECLARATION_SUBKIND;
            default -> true;
        };
    }

    /** Expressions are shown; declarations and assignments are not. */
    private static boolean isShown(Snippet snippet) {
        boolean expression = snippet.kind() == Snippet.Kind.EXPRESSION
                || snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
        return expression && snippet.subKind().hasValue() && snippet.subKind() != SubKind.ASSIGNMENT_SUBKIND;
    }

    private void checkStopped() throws CellFailure {
        Optional<CellFailure> stop = control.failure();
        if (stop.isPresent()) {
            throw stop.get();
        }
    }

    /**
     * Imports what resolves; the rest is left out. All that end with a star become one snippet, because each snippet costs
     * a run of the compiler. JShell knows such a snippet by its first import, and an import of the same name in a cell
     * would replace it: the first should be one that nobody writes.
     */
    void importAll(String imports) {
        List<String> sources = reader.read(imports).stream()
                .filter(Piece.Code.class::isInstance).map(piece -> ((Piece.Code) piece).source()).toList();
        List<String> onDemand = sources.stream().filter(Session::isOnDemand).toList();
        boolean together = !onDemand.isEmpty() && shell.eval(String.join("\n", onDemand)).stream()
                .allMatch(event -> event.status() == Status.VALID);
        sources.stream().filter(source -> !together || !isOnDemand(source)).forEach(shell::eval);
    }

    private static boolean isOnDemand(String source) { return source.strip().endsWith("*;"); }

    /** Adds jars or folders, separated as in a class path. */
    void addToClasspath(String paths) {
        if (!paths.isBlank()) {
            shell.addToClasspath(paths);
        }
    }

    ClassLoader classLoader() { return control.classes().loader(); }

    SourceCodeAnalysis analysis() { return shell.sourceCodeAnalysis(); }

    CellReader reader() { return reader; }

    @Override
    public void close() { shell.close(); }
}
