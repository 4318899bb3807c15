package io.fasterapi.spring.server;

import org.jspecify.annotations.Nullable;

/** The version of FasterAPI that runs. */
final class OwnVersion {

    private OwnVersion() {}

    /** Returns the version of the jar; null where the classes are in none. */
    static @Nullable String get() {
        return OwnVersion.class.getPackage().getImplementationVersion();
    }
}
