package io.fasterapi.netty;

import io.netty.handler.codec.http.HttpMethod;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a connection's requests that have no answer yet, as far as they decide the form of
 * the answer. Written by the decoder, read by the encoder, both on the connection's event loop.
 */
final class UnansweredMethods {

    /*
     * Nearly all requests are answered alike. So requests and answers are only counted, and those
     * that differ (HEAD, CONNECT) are queued with their number.
     */
    private final Queue<Special> specials = new ArrayDeque<>(2);
    private long asked;
    private long answered;
    private boolean closing;

    private record Special(long number, HttpMethod method) {}

    /** A request was decoded. */
    void add(HttpMethod method) {
        long number = asked++;
        if (HttpMethod.HEAD.equals(method) || HttpMethod.CONNECT.equals(method)) {
            specials.add(new Special(number, method));
        }
    }

    /** Returns HEAD or CONNECT if that is the method of the next answer's request, else null. */
    @Nullable HttpMethod peek() {
        Special next = specials.peek();
        return next != null && next.number() == answered ? next.method() : null;
    }

    /** The next answer is being encoded; returns what {@link #peek} would. */
    @Nullable HttpMethod poll() {
        HttpMethod method = peek();
        if (method != null) {
            specials.poll();
        }
        if (answered < asked) { // else nobody asked for it, and it is an answer like any other
            answered++;
        }
        return method;
    }

    /** The connection has to end with the next answer. */
    void close() {
        closing = true;
    }

    /** Returns whether the connection has to end with the answer that ends now; true once. */
    boolean takeClose() {
        boolean due = closing;
        closing = false;
        return due;
    }
}
