package io.fasterapi.autoconfigure;

import org.springframework.boot.system.JavaVersion;

/** Whether the JVM has virtual threads that handlers can block without harm. */
final class VirtualThreads {

    static final boolean AVAILABLE =
            JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE);

    private VirtualThreads() {}
}
