package io.fasterapi.autoconfigure;

import io.fasterapi.autoconfigure.FasterApiProperties.Cores;
import io.fasterapi.autoconfigure.FasterApiProperties.Io;
import java.util.Locale;

/** Refuses spinning cores on CPUs that they would share: there, a spin costs milliseconds. */
final class SpinCheck {

    private SpinCheck() {}

    static void check(Cores cores, Io io) {
        if (!cores.waitMode().spinning()) {
            return;
        }
        Integer count = cores.count();
        Integer threads = io.threads();
        int cpus = Runtime.getRuntime().availableProcessors();
        if (count == null || threads == null || count + threads > cpus) {
            throw InvalidProperty.of(
                    "fasterapi.cores.wait-mode",
                    cores.waitMode().name().toLowerCase(Locale.ROOT),
                    "park, phased or sleep; or set fasterapi.cores.count and fasterapi.io.threads,"
                            + " whose sum must not exceed the "
                            + cpus
                            + " CPUs");
        }
    }
}
