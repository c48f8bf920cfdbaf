package mechanics.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import com.sun.source.util.JavacTask;

/** Asks the compiler's parser, and only it, about a snippet: names may mean anything. */
final class Syntax {

    private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();

    private Syntax() {}

    /** Whether a snippet is a statement, an expression, a declaration or an import. */
    static boolean isJava(String snippet) {
        return Stream.of("class Cell { { %s\n; } }", "class Cell { %s\n}", "%s\nclass Cell {}")
                .anyMatch(place -> parses(place.replace("%s", snippet)));
    }

    private static boolean parses(String source) {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavacTask task = (JavacTask) COMPILER.getTask(null, null, found, List.of("-proc:none"), null,
                List.of(new Source(source)));
        try {
            task.parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.getDiagnostics().stream().noneMatch(Syntax::isWrong);
    }

    /** In a cell an expression may stand where Java wants a statement. */
    private static boolean isWrong(Diagnostic<?> found) {
        return found.getKind() == Diagnostic.Kind.ERROR && !found.getCode().equals("compiler.err.not.stmt");
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("cell:///Cell.java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) { return text; }
    }
}
