package mechanics.kernel;

import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jdk.jshell.DeclarationSnippet;
import jdk.jshell.ImportSnippet;
import jdk.jshell.JShell;
import jdk.jshell.MethodSnippet;
import jdk.jshell.PersistentSnippet;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.TypeDeclSnippet;
import jdk.jshell.VarSnippet;

/**
 * Settles what a name means that is both imported by itself and declared in the notebook: the later of the two counts.
 * JShell keeps both, and then no cell compiles any more.
 */
final class Imports {

    private final JShell shell;
    private final ClassLoader loader;

    /** @param loader finds the classes that are imported */
    Imports(JShell shell, ClassLoader loader) {
        this.shell = shell;
        this.loader = loader;
    }

    /** Drops what clashes with a snippet that is new. Returns remarks. */
    List<String> settle(Snippet added) {
        List<? extends PersistentSnippet> clashing = switch (added) {
            case ImportSnippet single when isSingle(single) ->
                active(DeclarationSnippet.class).filter(declared -> clash(single, declared)).toList();
            case DeclarationSnippet declared ->
                active(ImportSnippet.class).filter(single -> isSingle(single) && clash(single, declared))
                        .toList();
            default -> List.of();
        };
        clashing.forEach(shell::drop);
        return clashing.stream().map(dropped -> remark(added, dropped)).toList();
    }

    private <T extends PersistentSnippet> Stream<T> active(Class<T> kind) {
        return shell.snippets().filter(kind::isInstance).map(kind::cast)
                .filter(snippet -> shell.status(snippet).isActive());
    }

    private static String remark(Snippet added, PersistentSnippet dropped) {
        return added instanceof DeclarationSnippet declared
                ? Declarations.name(declared) + " replaces the import of "
                        + ((ImportSnippet) dropped).fullname()
                        + ": write its full name where you mean that"
                : "the import of " + ((ImportSnippet) added).fullname() + " replaces "
                        + Declarations.name((DeclarationSnippet) dropped);
    }

    private static boolean isSingle(ImportSnippet snippet) {
        return snippet.subKind() == SubKind.SINGLE_TYPE_IMPORT_SUBKIND
                || snippet.subKind() == SubKind.SINGLE_STATIC_IMPORT_SUBKIND;
    }

    private boolean clash(ImportSnippet single, DeclarationSnippet declared) {
        String full = single.fullname();
        String name = full.substring(full.lastIndexOf('.') + 1);
        if (!name.equals(declared.name())) {
            return false;
        }
        if (!single.isStatic()) {
            return declared instanceof TypeDeclSnippet;
        }
        Optional<Class<?>> owner = find(full.substring(0, full.lastIndexOf('.')));
        return owner.isPresent() && switch (declared) {
            case TypeDeclSnippet _ -> Stream.of(owner.get().getClasses())
                    .anyMatch(member -> member.getSimpleName().equals(name));
            case VarSnippet _ -> Stream.of(owner.get().getFields()).anyMatch(field -> isStatic(field, name));
            case MethodSnippet method -> Stream.of(owner.get().getMethods())
                    .anyMatch(member -> isStatic(member, name)
                            && parameters(member).equals(plain(method.parameterTypes())));
            default -> false;
        };
    }

    private static boolean isStatic(Member member, String name) {
        return member.getName().equals(name) && Modifier.isStatic(member.getModifiers());
    }

    private static String parameters(Method method) {
        return Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName)
                .collect(Collectors.joining(","));
    }

    /** Types as reflection writes them: simple names, no type arguments. */
    private static String plain(String types) {
        String all = types;
        for (String next = all.replaceAll("<[^<>]*>", ""); !next.equals(all); next = all.replaceAll(
                "<[^<>]*>",
                "")) {
            all = next;
        }
        return all.replace("...", "[]").replaceAll("[\\w$]+\\.", "").replaceAll("\\s", "");
    }

    /** A class by its name in source: the last dots may lead to nested classes. */
    private Optional<Class<?>> find(String name) {
        for (String binary = name;;) {
            try {
                return Optional.of(Class.forName(binary, false, loader));
            } catch (ClassNotFoundException | LinkageError e) {
                int dot = binary.lastIndexOf('.');
                if (dot < 0) {
                    return Optional.empty();
                }
                binary = binary.substring(0, dot) + "$" + binary.substring(dot + 1);
            }
        }
    }
}
