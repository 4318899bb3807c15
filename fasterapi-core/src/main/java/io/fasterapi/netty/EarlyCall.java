package io.fasterapi.netty;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * A request that is handled before Reactor Netty has seen it. All methods are called on the event
 * loop of its connection.
 */
public interface EarlyCall {

    /** The connection of a call. */
    interface Onward {

        /**
         * Gives the request to Reactor Netty, which has it handled: that takes the call over.
         * Nothing happens if that was done before.
         */
        void pass();

        /** The handler runs elsewhere: what follows on the connection waits. */
        void leaves();

        /** It has returned from there. Called once for each time that it has left. */
        void returned();
    }

    /**
     * Has the request handled.
     *
     * @param onward for a call that needs Reactor Netty before it returns
     */
    void begin(Onward onward);

    /** Returns whether the handler is elsewhere, and has not yet returned from there. */
    default boolean isAway() {
        return false;
    }

    /** The client has gone while the handler was elsewhere. */
    default void cancel() {}

    /** Returns whether it has a plain answer, complete, and nothing is left to do. */
    boolean isAnswered();

    /** Returns whether the answer is a refusal. */
    default boolean isRefused() {
        return false;
    }

    /** Returns the plain answer and ends the exchange. */
    FullHttpResponse end();

    /** Tells whether these are the headers of this call's request: the same object. */
    boolean isOf(HttpHeaders headers);

    /** Gives up: the request went another way than it should have. */
    void abandon();
}
