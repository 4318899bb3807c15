package io.fasterapi.watchdog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells from the frames of a stack whose code runs. Stateless. */
final class Frames {

    /**
     * Packages of frameworks. Their code waits for work, or works as fast as it can, unless other
     * code calls it.
     */
    private static final List<String> FRAMEWORKS =
            List.of(
                    "java.",
                    "javax.",
                    "jdk.",
                    "sun.",
                    "com.sun.",
                    "kotlin.",
                    "kotlinx.",
                    "io.netty.",
                    "reactor.",
                    "org.reactivestreams.",
                    "org.springframework.",
                    "io.micrometer.",
                    "io.opentelemetry.",
                    "org.slf4j.",
                    "ch.qos.logback.",
                    "org.apache.commons.logging.",
                    "org.apache.logging.",
                    "com.lmax.",
                    "io.fasterapi.");

    private static final String SAMPLES = "io.fasterapi.samples.";

    private Frames() {}

    /** Returns the innermost frame that belongs to no framework, or null if there is none. */
    static @Nullable StackTraceElement ofApplication(List<StackTraceElement> stack) {
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (name.startsWith(SAMPLES) || FRAMEWORKS.stream().noneMatch(name::startsWith)) {
                return frame;
            }
        }
        return null;
    }

    /** Returns whether the JVM does something that happens once: loading, linking, recording. */
    static boolean isOfTheJvm(List<StackTraceElement> stack) {
        return stack.stream().anyMatch(Frames::isOfTheJvm);
    }

    private static boolean isOfTheJvm(StackTraceElement frame) {
        String type = frame.getClassName();
        return frame.getMethodName().equals("<clinit>")
                || (frame.getMethodName().equals("loadClass")
                        && type.equals("java.lang.ClassLoader"))
                || type.equals("java.lang.invoke.MethodHandleNatives")
                || type.startsWith("jdk.jfr.");
    }
}
