package io.fasterapi.cores;

/**
 * Binds the calling thread to one CPU by the optional library {@code net.openhft:affinity}. Off
 * unless asked for; only then is the library's class touched.
 */
final class CpuPinning {

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

    /** Binds the calling thread to the CPU of that index, counted from the last one down. */
    static void pin(int index) {
        int cpus = Runtime.getRuntime().availableProcessors();
        net.openhft.affinity.Affinity.setAffinity(Math.floorMod(cpus - 1 - index, cpus));
    }
}
