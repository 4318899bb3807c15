package io.fasterapi.spring.testing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The threads that this project started, without those that were there before. */
public final class OwnThreads {

    /*
     * Another test class may keep a context open in the cache of Spring's test framework, so the
     * threads of one application are those that came after it was started.
     */
    private final Set<Thread> before = new HashSet<>(live());

    /** Returns the names of the threads that have come since this object was made. */
    public Set<String> names() {
        return live().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .collect(Collectors.toSet());
    }

    /**
     * Waits until there is none: Netty says that a loop has ended from within the thread that is
     * about to.
     */
    public void awaitNone() {
        await().atMost(20, SECONDS).untilAsserted(() -> assertThat(names()).isEmpty());
    }

    private static Set<Thread> live() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("fasterapi-"))
                .collect(Collectors.toSet());
    }
}
