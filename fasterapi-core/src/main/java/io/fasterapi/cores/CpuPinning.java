package io.fasterapi.cores;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;

/**
 * Binds the calling thread to one CPU by the optional library {@code net.openhft:affinity}. Off
 * unless asked for; only then is the library's class touched.
 */
final class CpuPinning {

    private static final System.Logger LOGGER = System.getLogger(CpuPinning.class.getName());
    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private CpuPinning() {}

    /** Returns whether the library is on the class path. */
    static boolean available() {
        try {
            Class.forName(
                    "net.openhft.affinity.Affinity", false, CpuPinning.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException ex) {
            return false;
        }
    }

    /**
     * Binds the calling thread to the CPU of that index, counted from the last one down, if the
     * system lets it: a core that is not pinned works all the same.
     */
    static void pin(int index) {
        int cpus = Runtime.getRuntime().availableProcessors();
        pin(
                Math.floorMod(cpus - 1 - index, cpus),
                cpu -> net.openhft.affinity.Affinity.setAffinity(cpu));
    }

    /** Binds by the given means; the first failure is a warning, the others are silent. */
    static void pin(int cpu, IntConsumer means) {
        try {
            means.accept(cpu);
        } catch (RuntimeException | Error ex) {
            if (!WARNED.getAndSet(true)) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "CPU " + cpu + ": not pinned; the cores go on without",
                        ex);
            }
        }
    }
}
