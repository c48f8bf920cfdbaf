package mechanics.linalg;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The matrix product of the system's BLAS, called on Java arrays in place, and the number of threads it uses.
 * The library is the one that Smile opens too ({@code openblas}, else {@code blas}), so one setting of threads
 * holds for both. Where none loads, {@link Array} computes with {@link DoubleJavaGemm} and its twin.
 *
 * <p>Calls are <em>critical</em> foreign calls: they read and write heap arrays without a copy, and hold up the
 * garbage collector's safepoints while they run.
 */
@SuppressWarnings("restricted") // Opening a native library is what this class is for.
public final class Blas {
    /**
     * Below this number of multiply–adds a product runs on one thread: handing half of it to another thread costs
     * more than it saves.
     */
    private static final long PARALLEL_WORK = 1L << 22;

    private static final Optional<SymbolLookup> LIBRARY = open();
    private static final MethodHandle SGEMM = bindGemm("cblas_sgemm", JAVA_FLOAT);
    private static final MethodHandle DGEMM = bindGemm("cblas_dgemm", JAVA_DOUBLE);
    private static final MethodHandle SET_THREADS = bind("openblas_set_num_threads",
            FunctionDescriptor.ofVoid(JAVA_INT), false);

    /** What {@link #threads(int)} asked for. */
    private static volatile int threads = defaultThreads(System.getenv("MECHANICS_THREADS"));
    /** How many computations run in parts at present. */
    private static final AtomicInteger PARTS = new AtomicInteger();
    /** What the library was told last. */
    private static volatile int current = -1;

    private Blas() {}

    /** Whether a native library was found. */
    public static boolean available() {
        return SGEMM != null && DGEMM != null;
    }

    /** The number of threads that large operations use: at first {@code MECHANICS_THREADS}, or else all cores. */
    public static int threads() {
        return threads;
    }

    /** The number of threads that this process may keep busy: {@code MECHANICS_THREADS}, or else all cores. */
    public static int cores() {
        return defaultThreads(System.getenv("MECHANICS_THREADS"));
    }

    static int defaultThreads(String setting) {
        if (setting == null || setting.isBlank())
            return Math.max(1, Runtime.getRuntime().availableProcessors());
        if (!setting.strip().matches("[1-9][0-9]{0,3}")) {
            throw new IllegalArgumentException(
                    "MECHANICS_THREADS = " + setting + ": expected a number of threads, at least 1");
        }
        return Integer.parseInt(setting.strip());
    }

    /**
     * Sets the number of threads that large operations use. One is best for many small products, and for runs side
     * by side; the number of cores is best for one large run.
     */
    public static void threads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads = " + count + ": expected at least 1");
        }
        threads = count;
        tell(count);
    }

    /**
     * Sets the number of threads until the result is closed, which restores the old number. The setting is one for
     * the whole process: open it around a sweep, not inside its points.
     */
    public static Scope scope(int count) {
        int before = threads;
        threads(count);
        return () -> threads(before);
    }

    /** What {@link #scope} gave, closed without an exception. */
    public interface Scope extends AutoCloseable {
        @Override
        void close();
    }

    /** The library's product of matrices of one precision in row order, or null where there is no library. */
    static MethodHandle gemm(Precision precision) {
        return switch (precision) {
            case FLOAT32 -> SGEMM;
            case FLOAT64 -> DGEMM;
        };
    }

    /** Says that products come from several threads at once, each of which is to compute its own on one. */
    static void enterParts() {
        PARTS.incrementAndGet();
    }

    /** Takes back one {@link #enterParts}. */
    static void leaveParts() { PARTS.decrementAndGet(); }

    /** Tells the library how many threads a product of so many multiply–adds is worth. */
    static void useThreadsFor(long work) {
        int wanted = work < PARALLEL_WORK || PARTS.get() > 0 ? 1 : threads;
        if (wanted != current) tell(wanted);
    }

    private static synchronized void tell(int count) {
        if (SET_THREADS == null || count == current) return;
        try {
            SET_THREADS.invokeExact(count);
            current = count;
        } catch (Throwable e) {
            throw new IllegalStateException("the native library did not accept " + count + " threads", e);
        }
    }

    private static Optional<SymbolLookup> open() {
        for (String name : List.of("openblas", "blas")) {
            try {
                var library = SymbolLookup.libraryLookup(System.mapLibraryName(name), Arena.global());
                if (library.find("cblas_sgemm").isPresent()) return Optional.of(library);
            } catch (IllegalArgumentException e) {
                // Not found under this name: there is another, and at last Java's own product.
            }
        }
        return Optional.empty();
    }

    private static MethodHandle bindGemm(String symbol, MemoryLayout number) {
        return bind(symbol,
                FunctionDescriptor.ofVoid(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT,
                        number, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, number, ADDRESS, JAVA_INT),
                true);
    }

    /** The handle of a native function, or null where there is no such library or function. */
    private static MethodHandle bind(String symbol, FunctionDescriptor signature, boolean onHeapArrays) {
        var options = onHeapArrays ? new Linker.Option[]{Linker.Option.critical(true)} : new Linker.Option[0];
        return LIBRARY.flatMap(library -> library.find(symbol))
                .map(address -> Linker.nativeLinker().downcallHandle(address, signature, options))
                .orElse(null);
    }
}
