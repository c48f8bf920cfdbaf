package mechanics.kernel;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashSet;
import java.util.Set;

/**
 * Weaves {@link Guard} into the compiled code of cells: a check at the start of every method and before every backward
 * jump makes even {@code while (true) {}} stoppable, and a call that would end the JVM, or a reference to its
 * method, becomes an error.
 */
final class CellCode {

    private static final ClassDesc GUARD = Guard.class.describeConstable().orElseThrow();
    private static final ClassDesc SYSTEM = ClassDesc.of("java.lang.System");
    private static final ClassDesc RUNTIME = ClassDesc.of("java.lang.Runtime");
    private static final MethodTypeDesc EXIT = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_int);
    private static final MethodTypeDesc RUNTIME_EXIT = EXIT.insertParameterTypes(0, RUNTIME);

    private final ClassFile classFile;

    /** @param loader knows the classes that the code mentions */
    CellCode(ClassLoader loader) {
        var hierarchy = ClassHierarchyResolver.defaultResolver()
                .orElse(ClassHierarchyResolver.ofResourceParsing(loader));
        this.classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    }

    /** Returns the woven class. */
    byte[] weave(byte[] bytes) {
        return classFile.transformClass(classFile.parse(bytes),
                ClassTransform.transformingMethodBodies(CodeTransform.ofStateful(Weaver::new)));
    }

    private static final class Weaver implements CodeTransform {

        private final Set<Label> seen = new HashSet<>();

        @Override
        public void atStart(CodeBuilder code) { check(code); }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            switch (element) {
                case LabelTarget target -> {
                    seen.add(target.label());
                    code.with(element);
                }
                case BranchInstruction branch when seen.contains(branch.target()) -> {
                    check(code);
                    code.with(element);
                }
                case InvokeInstruction call when ends(call) -> {
                    boolean ofRuntime = call.owner().asSymbol().equals(RUNTIME);
                    code.invokestatic(GUARD, "exit", ofRuntime ? RUNTIME_EXIT : EXIT);
                }
                case InvokeDynamicInstruction call when call.bootstrapArgs().stream()
                        .anyMatch(Weaver::ends) ->
                    // A method reference names the method in the arguments of its call site.
                    code.invokedynamic(
                            DynamicCallSiteDesc.of(call.bootstrapMethod(), call.name().stringValue(),
                                    call.typeSymbol(), call.bootstrapArgs().stream().map(Weaver::guarded)
                                            .toArray(ConstantDesc[]::new)));
                default -> code.with(element);
            }
        }

        private static void check(CodeBuilder code) {
            code.invokestatic(GUARD, "check", ConstantDescs.MTD_void);
        }

        private static boolean ends(InvokeInstruction call) {
            return ends(call.owner().asSymbol(), call.name().stringValue());
        }

        private static boolean ends(ConstantDesc argument) {
            return argument instanceof DirectMethodHandleDesc method
                    && ends(method.owner(), method.methodName());
        }

        private static boolean ends(ClassDesc owner, String method) {
            boolean ofRuntime = owner.equals(RUNTIME) && (method.equals("exit") || method.equals("halt"));
            return ofRuntime || (owner.equals(SYSTEM) && method.equals("exit"));
        }

        private static ConstantDesc guarded(ConstantDesc argument) {
            if (!ends(argument)) {
                return argument;
            }
            boolean ofRuntime = ((DirectMethodHandleDesc) argument).owner().equals(RUNTIME);
            return MethodHandleDesc.ofMethod(DirectMethodHandleDesc.Kind.STATIC, GUARD, "exit",
                    ofRuntime ? RUNTIME_EXIT : EXIT);
        }
    }
}
