package io.fasterapi.netty;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;

/**
 * A request that is handled before Reactor Netty has seen it. All methods are called on the event
 * loop of its connection.
 */
public interface EarlyCall {

    /** The connection of a call. On its event loop. */
    interface Onward {

        /**
         * Gives the request to Reactor Netty, which has it handled: that takes the call over.
         * Nothing happens if that was done before.
         */
        void pass();

        /** A call has got further: it is answered, or passed on, or waits. */
        void settle(EarlyCall call);

        /**
         * The deadline of a call that was under way has passed: that is its answer, and the last.
         */
        void expired(EarlyCall call, FullHttpResponse answer);

        /** Returns what holds back the requests that follow. */
        InboundGate gate();
    }

    /**
     * Has the request handled, and has it settled as far as it got.
     *
     * @param onward for a call that needs Reactor Netty before it returns, or answers later
     */
    void begin(Onward onward);

    /** Returns whether it has a plain answer, complete, and nothing is left to do. */
    boolean isAnswered();

    /** Returns whether an answer may still come that needs nothing of Reactor Netty. */
    default boolean isUnderWay() {
        return false;
    }

    /** Returns whether the answer is a refusal. */
    default boolean isRefused() {
        return false;
    }

    /** Returns the headers of the plain answer, which is not ended by that. */
    HttpHeaders headers();

    /** Returns the plain answer and ends the exchange. */
    FullHttpResponse end();

    /** The client has gone while the call was under way. */
    default void cancel() {}

    /** Tells whether these are the headers of this call's request: the same object. */
    boolean isOf(HttpHeaders headers);

    /** Gives up: the request went another way than it should have. */
    void abandon();
}
