package io.fasterapi.netty;

import io.fasterapi.log.SafeLog;
import io.netty.channel.Channel;
import reactor.core.CoreSubscriber;
import reactor.core.Exceptions;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerResponse;

/**
 * The one place where exchanges end that have begun at Reactor Netty: it is told of an answer or a
 * failure, and whatever comes of that, the connection does not stay open without either. To be
 * called once for an exchange.
 */
public final class ExchangeEnd {

    private static final System.Logger LOGGER = System.getLogger(ExchangeEnd.class.getName());

    private ExchangeEnd() {}

    /** A failure that Reactor would throw at whoever signals it. */
    private static final class Undeliverable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Undeliverable(Throwable cause) {
            super(cause.toString(), cause, false, false);
        }
    }

    /** Returns what can be signalled of a failure: itself, or an exception around it. */
    public static Throwable signal(Throwable failure) {
        return Exceptions.isFatal(failure) ? new Undeliverable(failure) : failure;
    }

    /**
     * The exchange has its answer, as far as it is concerned.
     *
     * @param exchange Reactor Netty's subscriber for the exchange, already subscribed
     */
    public static void answered(HttpServerResponse response, CoreSubscriber<?> exchange) {
        try {
            exchange.onComplete();
        } catch (Throwable ex) {
            cut(response, ex);
        }
    }

    /**
     * The exchange has failed: Reactor Netty answers 500 if nothing was sent, and ends the
     * connection, or the stream of HTTP/2, in any case.
     *
     * @param exchange Reactor Netty's subscriber for the exchange, already subscribed
     */
    public static void failed(
            HttpServerResponse response, CoreSubscriber<?> exchange, Throwable failure) {
        try {
            exchange.onError(signal(failure));
        } catch (Throwable ex) {
            cut(response, ex);
        }
    }

    /** Ends the connection, or the stream of HTTP/2: nothing else can be said any more. */
    public static void cut(HttpServerResponse response, Throwable cause) {
        cut(((ChannelOperations<?, ?>) response).channel(), cause);
    }

    /** Ends the connection, or the stream of HTTP/2, of an exchange that was on that channel. */
    public static void cut(Channel channel, Throwable cause) {
        channel.close();
        SafeLog.error(
                LOGGER, () -> "an exchange failed while it ended; its connection is closed", cause);
    }
}
