package io.fasterapi.spring.webflux.dispatch;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Reactor Netty's part of an early exchange: given once, or never. Given and closed on the event
 * loop; any thread may wait for it.
 */
final class NativePart {

    private @Nullable List<Consumer<@Nullable Given>> waiting;
    private volatile @Nullable Given given;
    private volatile boolean closed;

    /**
     * What is given.
     *
     * @param request as Spring makes it
     * @param response Reactor Netty's
     */
    record Given(ServerHttpRequest request, HttpServerResponse response) {}

    /** Returns what was given, or null. */
    @Nullable Given given() {
        return given;
    }

    /** Returns whether the exchange is over. */
    boolean isClosed() {
        return closed;
    }

    /** Returns whether somebody waits. */
    boolean isAwaited() {
        return waiting() > 0;
    }

    private synchronized int waiting() {
        return waiting == null ? 0 : waiting.size();
    }

    /** Gives it. Whoever waits learns of it in a later task of the event loop. */
    void give(Given part, EventLoop eventLoop) {
        List<Consumer<@Nullable Given>> due;
        synchronized (this) {
            given = part;
            due = waiting;
            waiting = null;
        }
        if (due != null) {
            eventLoop.execute(() -> due.forEach(action -> action.accept(part)));
        }
    }

    /**
     * The exchange is over: who waits still, waits in vain.
     *
     * @return false if it was over before
     */
    boolean close() {
        List<Consumer<@Nullable Given>> left;
        synchronized (this) {
            if (closed) {
                return false;
            }
            closed = true;
            left = waiting;
            waiting = null;
        }
        if (left != null) {
            left.forEach(action -> action.accept(null));
        }
        return true;
    }

    /**
     * Waits for it.
     *
     * @param ask lets the event loop know that it is needed
     * @throws IllegalStateException if the exchange is over, or ends before
     */
    Given join(Runnable ask) {
        CompletableFuture<@Nullable Given> later = new CompletableFuture<>();
        if (await(later::complete)) {
            ask.run();
        }
        Given known = later.join();
        if (known == null) {
            throw new IllegalStateException("exchange: over (expected: asked for before its end)");
        }
        return known;
    }

    /**
     * Does something with it: at once if it is there, or, with null, if the exchange is over.
     *
     * @return whether it waits
     */
    boolean await(Consumer<@Nullable Given> action) {
        Given known;
        synchronized (this) {
            known = given;
            if (known == null && !closed) {
                List<Consumer<@Nullable Given>> actions = waiting;
                if (actions == null) {
                    actions = new ArrayList<>(1);
                    waiting = actions;
                }
                actions.add(action);
                return true;
            }
        }
        action.accept(known);
        return false;
    }
}
