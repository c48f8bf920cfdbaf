package mechanics.kernel;

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
    private final ExceptionReport exceptions;
    private final Magics magics;
    private final Consumer<String> notes;

    /**
     * @param control     runs the code, and is told when a cell begins
     * @param environment what the user set
     * @param magics      runs magics
     * @param notes       takes remarks on what a cell declared, one line each
     */
    Session(CellControl control, Environment environment, Magics magics, Consumer<String> notes) {
        this.control = control;
        this.shell = JShell.builder().executionEngine(new Provider(control), Map.of())
                .compilerOptions(environment.compilerOptions().toArray(String[]::new)).build();
        this.reader = new CellReader(shell.sourceCodeAnalysis());
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
        try {
            for (Piece piece : pieces) {
                checkStopped();
                value = switch (piece) {
                    case Piece.Code code ->
                        snippet(new Origin(cell, code.offset()), code.source(), declarations);
                    case Piece.LineMagic magic -> magics.line(magic.name(), magic.arguments());
                    case Piece.CellMagic magic -> magics.cell(magic.name(), magic.arguments(), magic.body());
                };
            }
        } finally {
            declarations.notes().forEach(notes);
        }
        return value;
    }

    private Object snippet(Origin origin, String source, Declarations declarations) throws CellFailure {
        Object value = null;
        for (SnippetEvent event : shell.eval(source)) {
            declarations.add(event);
            if (event.causeSnippet() == null) {
                origins.put(event.snippet(), origin);
                value = value(event, origin);
            }
        }
        return value;
    }

    private Object value(SnippetEvent event, Origin origin) throws CellFailure {
        checkStopped();
        Snippet snippet = event.snippet();
        if (event.status() == Status.REJECTED) {
            throw CompileReport.of(origin, shell.diagnostics(snippet).toList());
        }
        if (event.exception() != null) {
            throw exceptions.of(event.exception());
        }
        return isShown(snippet) ? control.result() : null;
    }

    /** Expressions are shown; declarations and assignments are not. */
    private static boolean isShown(Snippet snippet) {
        boolean expression = snippet.kind() == Snippet.Kind.EXPRESSION
                || snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
        return expression && snippet.subKind().hasValue() && snippet.subKind() != SubKind.ASSIGNMENT_SUBKIND;
    }

    private void checkStopped() throws CellFailure {
        Optional<CellControl.Stop> stop = control.stopped();
        if (stop.isPresent()) {
            throw StopReport.of(stop.get(), control.leftBehind());
        }
    }

    /** Imports what resolves; the rest is left out. */
    void importAll(String imports) {
        for (Piece piece : reader.read(imports)) {
            if (piece instanceof Piece.Code code) {
                shell.eval(code.source());
            }
        }
    }

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
