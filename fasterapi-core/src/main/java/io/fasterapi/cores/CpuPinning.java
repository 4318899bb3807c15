package io.fasterapi.cores;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

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
     * Binds the calling thread to the CPU of that index among those that it may use, counted from
     * the last one down, if the system lets it: a core that is not pinned works all the same.
     */
    static void pin(int index) {
        pin(
                index,
                net.openhft.affinity.Affinity::getAffinity,
                cpu -> net.openhft.affinity.Affinity.setAffinity(cpu));
    }

    /** Binds by the given means; the first failure is a warning, the others are silent. */
    static void pin(int index, Supplier<BitSet> usable, IntConsumer means) {
        try {
            means.accept(choose(index, usable.get()));
        } catch (Throwable ex) {
            if (!WARNED.getAndSet(true)) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "handler core " + index + ": could not be bound to a CPU; it runs unbound",
                        ex);
            }
        }
    }

    /** Returns the CPU of an index: a container's set need not begin with CPU 0. */
    private static int choose(int index, BitSet usable) {
        if (usable.isEmpty()) {
            throw new IllegalStateException("usable CPUs: 0 (expected: at least 1)");
        }
        int cpu = usable.length() - 1;
        for (int i = index % usable.cardinality(); i > 0; i--) {
            cpu = usable.previousSetBit(cpu - 1);
        }
        return cpu;
    }
}
