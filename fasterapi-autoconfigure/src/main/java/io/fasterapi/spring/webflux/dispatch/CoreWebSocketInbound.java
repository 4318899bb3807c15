package io.fasterapi.spring.webflux.dispatch;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * The messages that a WebSocket session receives, retained for the receiver. The session's event
 * loop emits them. Demand and cancellation may come from any thread and are moved there.
 */
final class CoreWebSocketInbound extends FluxOperator<WebSocketMessage, WebSocketMessage> {

    /*
     * When the connection of a session on an event loop ends, sending is cancelled, and with it
     * receiving, before Reactor Netty ends the session. On a core the cancellation comes later.
     * Then Reactor Netty logs what it still holds for the receiver, and that it cannot send a
     * closing frame. So when the connection ends, everything that Reactor Netty holds is taken and
     * passed on as it is requested. What has ended is never cancelled.
     */
    private final WebSocketSession session;
    private final Channel channel;

    private CoreWebSocketInbound(
            Flux<WebSocketMessage> messages, WebSocketSession session, Channel channel) {
        super(messages);
        this.session = session;
        this.channel = channel;
    }

    /**
     * Receives from a session. Messages are retained, because Reactor Netty releases each frame
     * once it is passed on.
     */
    static Flux<WebSocketMessage> of(WebSocketSession session, Channel channel) {
        return new CoreWebSocketInbound(
                session.receive().map(WebSocketMessage::retain), session, channel);
    }

    @Override
    public void subscribe(CoreSubscriber<? super WebSocketMessage> actual) {
        source.subscribe(new Inbound(actual, session, channel));
    }

    /** The one receiver. All of it runs on the event loop, except the subscriber's calls. */
    private static final class Inbound
            implements CoreSubscriber<WebSocketMessage>,
                    Subscription,
                    GenericFutureListener<Future<? super Void>> {

        private final CoreSubscriber<? super WebSocketMessage> actual;
        private final WebSocketSession session;
        private final Channel channel;
        private final Queue<WebSocketMessage> held = new ArrayDeque<>(0);
        private @Nullable Subscription upstream;
        private @Nullable Throwable failure;
        private long demand;
        private boolean done;
        private boolean terminated;

        Inbound(
                CoreSubscriber<? super WebSocketMessage> actual,
                WebSocketSession session,
                Channel channel) {
            this.actual = actual;
            this.session = session;
            this.channel = channel;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            upstream = subscription;
            actual.onSubscribe(this);
            channel.closeFuture().addListener(this);
        }

        /** The connection has ended. */
        @Override
        public void operationComplete(Future<? super Void> closed) {
            takeAll();
        }

        private void takeAll() {
            if (!done) {
                upstream().request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onNext(WebSocketMessage message) {
            if (terminated) {
                message.release();
            } else {
                held.add(message);
                drain();
            }
        }

        @Override
        public void onError(Throwable cause) {
            failure = cause;
            onComplete();
        }

        @Override
        public void onComplete() {
            done = true;
            drain();
        }

        @Override
        public void request(long n) {
            onLoop(() -> ask(n));
        }

        private void ask(long n) {
            if (!terminated) {
                demand = Operators.addCap(demand, n);
                upstream().request(n);
                drain();
            }
        }

        private void drain() {
            while (demand > 0 && !held.isEmpty()) {
                demand -= demand == Long.MAX_VALUE ? 0 : 1;
                actual.onNext(held.remove());
            }
            if (done && held.isEmpty() && !terminated) {
                terminated = true;
                Throwable cause = failure;
                if (cause == null) {
                    actual.onComplete();
                } else {
                    actual.onError(cause);
                }
            }
        }

        @Override
        public void cancel() {
            onLoop(this::giveUp);
        }

        private void giveUp() {
            terminated = true;
            while (!held.isEmpty()) {
                held.remove().release();
            }
            if (!done && session.isOpen()) {
                upstream().cancel();
            } else {
                takeAll();
            }
        }

        private void onLoop(Runnable action) {
            try {
                channel.eventLoop().execute(action);
            } catch (RejectedExecutionException ended) {
                // The loop has ended and the channel is closed.
            }
        }

        private Subscription upstream() {
            Subscription subscription = upstream;
            if (subscription == null) {
                throw new IllegalStateException(
                        "WebSocket session: used before receive() was subscribed to");
            }
            return subscription;
        }
    }
}
