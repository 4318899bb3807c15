package io.fasterapi.samples.techempower;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerState;

/**
 * Gives every answer the headers Server and Date. On the event loop of the connection, before
 * anything handles the request.
 */
/*
 * Reactor Netty tells an observer of each request, and that is the cheapest place: two headers are
 * set and no operator is built. A WebFilter would do the same for every answer of WebFlux, but
 * then no controller has the direct lane; a ResponseEntity with a Date is written by WebFlux,
 * too. The Date is formatted once a second.
 */
@Component
class ServerHeaders implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory> {

    private static final AsciiString SERVER = AsciiString.cached("FasterAPI");

    /**
     * A formatted second; replaced as a whole.
     *
     * @param second since 1970
     */
    private record Stamp(long second, AsciiString text) {}

    private final Clock clock = Clock.systemUTC();

    private volatile Stamp now = stamp(clock.millis() / 1000);

    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.childObserve(new EachRequest()));
    }

    private static Stamp stamp(long second) {
        return new Stamp(
                second,
                new AsciiString(
                        DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC))));
    }

    private AsciiString date() {
        long second = clock.millis() / 1000;
        Stamp known = now;
        if (known.second() != second) {
            known = stamp(second);
            now = known;
        }
        return known.text();
    }

    /** Sets the headers when a request has come, before it is handled. */
    private final class EachRequest implements ConnectionObserver {

        @Override
        public void onStateChange(Connection connection, State state) {
            if (state == HttpServerState.REQUEST_RECEIVED
                    && connection instanceof HttpServerResponse response) {
                response.responseHeaders()
                        .set(HttpHeaderNames.SERVER, SERVER)
                        .set(HttpHeaderNames.DATE, date());
            }
        }
    }
}
