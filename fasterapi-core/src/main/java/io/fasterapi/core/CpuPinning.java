package io.fasterapi.core;

import java.util.BitSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Pins the calling thread to one CPU with the optional library {@code net.openhft:affinity}. The
 * library's class is loaded only if pinning is switched on. Any thread.
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
     * Pins the calling thread to one of the CPUs that the process may use, counted from the last
     * one down. If that fails, the core runs unpinned.
     */
    static void pin(int index) {
        pin(
                index,
                net.openhft.affinity.Affinity::getAffinity,
                cpu -> net.openhft.affinity.Affinity.setAffinity(cpu));
    }

    /**
     * Pins with the given function. The first failure is logged as a warning, later ones are
     * silent.
     */
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

    /** Returns the CPU for an index. The CPUs of a container need not begin with CPU 0. */
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
