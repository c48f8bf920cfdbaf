package mechanics.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import javax.lang.model.element.Name;
import javax.tools.DiagnosticListener;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;

/**
 * Documentation comments of the laboratory's own library, from its sources. JShell itself finds only those of the JDK.
 *
 * @param sources the folders with the packages' sources, written and generated; need not exist
 */
record LibraryDocs(List<Path> sources) {

    /** The comment of what a signature names, as {@link jdk.jshell.SourceCodeAnalysis} writes signatures. */
    Optional<String> comment(String signature) {
        String plain = withoutGenerics(signature);
        int open = plain.indexOf('(');
        if (open < 0) {
            return comment(plain, "", List.of());
        }
        String name = plain.substring(plain.lastIndexOf(' ', open) + 1, open);
        String last = name.substring(name.lastIndexOf('.') + 1);
        List<String> parameters = parameterNames(plain.substring(open + 1, plain.indexOf(')', open)));
        if (!Character.isUpperCase(last.codePointAt(0))) {
            return comment(name.substring(0, Math.max(0, name.lastIndexOf('.'))), last, parameters);
        }
        // With its package it is a record, which has a list of components too; without, a constructor.
        Optional<String> ofType = comment(name, "", List.of());
        return Character.isLowerCase(name.codePointAt(0))
                ? ofType
                : comment(name, "<init>", parameters).or(() -> ofType);
    }

    private static String withoutGenerics(String signature) {
        String shorter = signature.replaceAll("<[^<>]*>", "");
        return shorter.equals(signature) ? signature : withoutGenerics(shorter);
    }

    /** {@code double[] x, int n} is {@code x, n}. */
    private static List<String> parameterNames(String parameters) {
        return parameters.isBlank()
                ? List.of()
                : Stream.of(parameters.split(",", -1)).map(String::strip)
                        .map(parameter -> parameter.substring(parameter.lastIndexOf(' ') + 1)).toList();
    }

    private Optional<String> comment(String type, String method, List<String> parameters) {
        // The first part with a capital names the file.
        String file = Stream.of(type.split("\\.", -1))
                .filter(part -> !part.isEmpty() && Character.isUpperCase(part.charAt(0)))
                .findFirst().orElse("");
        String name = type.substring(type.lastIndexOf('.') + 1);
        return sources.stream().flatMap(folder -> find(folder, file + ".java").stream()).findFirst()
                .flatMap(path -> comment(path, new Wanted(name, method, parameters)));
    }

    private static Optional<Path> find(Path folder, String file) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(path -> path.getFileName().toString().equals(file)).findFirst();
        } catch (IOException e) {
            // Help while typing: none is better than an error.
            return Optional.empty();
        }
    }

    private record Wanted(String type, String method, List<String> parameters) {

        boolean is(MethodTree tree) {
            return tree.getName().contentEquals(method)
                    && tree.getParameters().stream().map(VariableTree::getName).map(Name::toString).toList()
                            .equals(parameters);
        }
    }

    private static Optional<String> comment(Path file, Wanted wanted) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticListener<JavaFileObject> silent = _ -> {};
        try (StandardJavaFileManager files = compiler.getStandardFileManager(silent, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(null, files, silent, null, null,
                    files.getJavaFileObjects(file));
            CompilationUnitTree unit = task.parse().iterator().next();
            return Optional.ofNullable(new Finder(DocTrees.instance(task), wanted).scan(unit, null));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static final class Finder extends TreePathScanner<String, Void> {

        private final DocTrees docs;
        private final Wanted wanted;

        Finder(DocTrees docs, Wanted wanted) {
            this.docs = docs;
            this.wanted = wanted;
        }

        @Override
        public String visitClass(ClassTree tree, Void argument) {
            boolean here = tree.getSimpleName().contentEquals(wanted.type());
            return here && wanted.method().isEmpty()
                    ? docs.getDocComment(getCurrentPath())
                    : super.visitClass(tree, null);
        }

        @Override
        public String visitMethod(MethodTree tree, Void argument) {
            return wanted.is(tree) ? docs.getDocComment(getCurrentPath()) : null;
        }

        @Override
        public String reduce(String first, String second) { return first != null ? first : second; }
    }
}
