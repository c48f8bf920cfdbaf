package mechanics.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import jdk.jshell.DeclarationSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/** What a cell's declarations still lack, and what they did to the variables of other cells. One for each cell. */
final class Declarations {

    private final JShell shell;
    private final Map<String, DeclarationSnippet> waiting = new LinkedHashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();

    Declarations(JShell shell) { this.shell = shell; }

    /** How the user calls a declaration, such as {@code method f(double)} or {@code record Point}. */
    static String name(DeclarationSnippet snippet) {
        return switch (snippet) {
            case MethodSnippet method -> "method " + method.name() + "(" + method.parameterTypes() + ")";
            case TypeDeclSnippet type -> kind(type.subKind()) + " " + type.name();
            case VarSnippet variable -> "variable " + variable.name();
            case PersistentSnippet other -> other.name();
        };
    }

    private static String kind(SubKind kind) {
        return switch (kind) {
            case RECORD_SUBKIND -> "record";
            case ENUM_SUBKIND -> "enum";
            case INTERFACE_SUBKIND -> "interface";
            case ANNOTATION_TYPE_SUBKIND -> "annotation";
            default -> "class";
        };
    }

    void add(SnippetEvent event) {
        Snippet snippet = event.snippet();
        if (event.causeSnippet() == null) {
            if (incomplete(event.status()) && snippet instanceof DeclarationSnippet declaration) {
                waiting.put(snippet.id(), declaration);
            }
        } else {
            lost(event).ifPresent(notes::add);
        }
    }

    /** A variable that a new declaration of its type emptied. */
    private static Optional<String> lost(SnippetEvent event) {
        boolean emptied = event.snippet() instanceof VarSnippet && event.previousStatus() == Status.VALID
                && event.status() != Status.OVERWRITTEN && event.status() != Status.DROPPED;
        boolean named = event.snippet().subKind() != SubKind.TEMP_VAR_EXPRESSION_SUBKIND;
        if (!emptied || !named || !(event.causeSnippet() instanceof DeclarationSnippet cause)) {
            return Optional.empty();
        }
        String state = event.status() == Status.VALID ? "empty now" : "gone";
        return Optional.of(
                name((VarSnippet) event.snippet()) + " was made with the earlier " + name(cause) + " and is "
                        + state + ": run its cell again");
    }

    private static boolean incomplete(Status status) {
        return status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED;
    }

    /** Adds a line for the end of the cell. */
    void note(String line) { notes.add(line); }

    /**
     * What a declaration waits for, as the end of a sentence: names that have to be declared, or if it is none, what the
     * compiler does not accept.
     */
    static String lacks(JShell shell, DeclarationSnippet snippet) {
        List<String> names = shell.unresolvedDependencies(snippet).toList();
        if (!names.isEmpty()) {
            return "until you declare " + String.join(", ", names);
        }
        List<String> errors = CompileReport.messages(shell.diagnostics(snippet).toList());
        return errors.isEmpty()
                ? "until you run its cell again"
                : "as it stands: " + String.join("; ", errors);
    }

    /** One line for each thing that the user should know at the end of the cell. */
    List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        for (DeclarationSnippet snippet : waiting.values()) {
            if (incomplete(shell.status(snippet))) {
                List<String> names = shell.unresolvedDependencies(snippet).toList();
                all.add(name(snippet) + (names.isEmpty()
                        ? " cannot be used " + lacks(shell, snippet)
                        : " can be used once you have declared " + String.join(", ", names)));
            }
        }
        return all;
    }
}
