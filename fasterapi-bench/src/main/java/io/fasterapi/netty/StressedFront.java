package io.fasterapi.netty;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.codec.AnswerSizes;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.core.WaitMode;
import io.fasterapi.http.FastResponse;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteRecorder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A request at the front door whose handler answers later, and the exchange that goes on with it;
 * here because neither is public API.
 */
public final class StressedFront {

    /** Its tasks run at once, on the thread that stands for its event loop. */
    private static final EventLoop LOOP =
            new DefaultEventLoop() {
                @Override
                public void execute(Runnable task) {
                    task.run();
                }
            };

    private static final EmbeddedChannel CHANNEL = new OnLoop();

    private static final BodyWriters WRITERS = BodyWriters.of(new NoJson());

    private static final RoutePlacement PLACEMENT = RoutePlacement.fixed("GET /", Placement.INLINE);
    private static final Workers NOWHERE =
            new Workers(
                    new HandlerCores(new CoreOptions(1, 2, WaitMode.PARK, false, "stressed-")),
                    ThreadWorkers.pooled(),
                    Admission.of(new ConcurrencyLimiter()));

    private final AtomicInteger given = new AtomicInteger();
    private final Counting other = new Counting();
    private final FrontExchange exchange;
    private FastResponse[] later = {};

    /** Begins the request. */
    public StressedFront() {
        Route route =
                FastRoutes.builder()
                        .get(
                                "/",
                                (request, response) -> {
                                    response.async();
                                    later = new FastResponse[] {response};
                                })
                        .build()
                        .routes()
                        .get(0);
        HttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        exchange =
                new FrontExchange(
                        new RouteState(route, PLACEMENT, new AnswerSizes(), RouteRecorder.none()),
                        Placement.INLINE,
                        NOWHERE.admission().permit(PLACEMENT.load(), EmptyHttpHeaders.INSTANCE),
                        new DirectRequest(
                                request, route, new String[0], new NoJson(), new byte[0], null),
                        CHANNEL,
                        new DirectMeans(NOWHERE, WRITERS));
        exchange.begin(new Passing());
    }

    /** The handler answers. */
    public void answer() {
        later[0].fail(new IllegalStateException("an outcome"));
    }

    /** The request goes on to Reactor Netty. */
    public void goOn() {
        exchange.goOn(other);
    }

    /** Returns how many outcomes the other exchange was given. */
    public int given() {
        return given.get();
    }

    /** Counts what it is given. */
    private final class Counting implements Answering {

        @Override
        public void status(int code) {}

        @Override
        public HttpHeaders headers() {
            return new DefaultHttpHeaders();
        }

        @Override
        public ByteBufAllocator alloc() {
            return CHANNEL.alloc();
        }

        @Override
        public AnswerSizes sizes() {
            return new AnswerSizes();
        }

        @Override
        public BodyWriters writers() {
            return WRITERS;
        }

        @Override
        public void answer(ByteBuf body) {
            given.incrementAndGet();
        }

        @Override
        public void answer(FileAnswer file) {
            given.incrementAndGet();
        }

        @Override
        public void fail(Throwable failure) {
            given.incrementAndGet();
        }
    }

    /** A channel whose tasks run at once, from when it is made. */
    private static final class OnLoop extends EmbeddedChannel {

        private boolean made;

        OnLoop() {
            made = true;
        }

        @Override
        public EventLoop eventLoop() {
            return made ? LOOP : super.eventLoop();
        }
    }

    /** A connection whose requests run where they are. */
    private static final class Passing implements EarlyCall.Onward {

        @Override
        public void pass() {}

        @Override
        public void settle(EarlyCall call) {}

        @Override
        public void expired(EarlyCall call, FullHttpResponse answer) {}

        @Override
        public InboundGate gate() {
            throw new UnsupportedOperationException("gate");
        }
    }

    private static final class NoJson implements JsonCodec {

        @Override
        public <T> T read(byte[] json, Class<T> type) {
            throw new UnsupportedOperationException("read");
        }

        @Override
        public void write(Object value, ByteBuf out) {
            throw new UnsupportedOperationException("write");
        }
    }
}
