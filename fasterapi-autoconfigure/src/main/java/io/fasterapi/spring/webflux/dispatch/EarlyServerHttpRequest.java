package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.netty.FrontDoor;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.FastThreadLocal;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Flux;

/** A request that Reactor Netty has not seen; what only that can tell, it is asked for then. */
final class EarlyServerHttpRequest extends AbstractServerHttpRequest {

    /** Far from the numbers that Spring gives to Reactor Netty's requests. */
    private static final long FIRST_ID = 1_000_000_000L;

    private static final FastThreadLocal<long[]> LAST_ID =
            new FastThreadLocal<>() {
                @Override
                protected long[] initialValue() {
                    return new long[] {FIRST_ID};
                }
            };

    private final EarlyExchange exchange;
    private final long id = ++LAST_ID.get()[0];
    private final HttpRequest original;
    private final NettyDataBufferFactory buffers;
    private volatile boolean read;

    EarlyServerHttpRequest(
            EarlyExchange exchange, HttpRequest original, URI uri, NettyDataBufferFactory buffers) {
        super(
                HttpMethod.valueOf(original.method().name()),
                uri,
                null,
                new HttpHeaders(new Netty4HeadersAdapter(original.headers())));
        this.exchange = exchange;
        this.original = original;
        this.buffers = buffers;
    }

    @Override
    protected String initId() {
        return exchange.channel().id().asShortText() + "-" + id;
    }

    @Override
    protected MultiValueMap<String, HttpCookie> initCookies() {
        return NettyCookies.of(exchange.channel(), original.headers());
    }

    @Override
    public @Nullable InetSocketAddress getLocalAddress() {
        if (isForwarded()) {
            return exchange.awaitServed().request().getLocalAddress();
        }
        return exchange.channel().localAddress() instanceof InetSocketAddress address
                ? address
                : null;
    }

    @Override
    public @Nullable InetSocketAddress getRemoteAddress() {
        if (isForwarded()) {
            return exchange.awaitServed().request().getRemoteAddress();
        }
        return exchange.channel().remoteAddress() instanceof InetSocketAddress address
                ? address
                : null;
    }

    private boolean isForwarded() {
        return FrontDoor.isForwarded(exchange.channel(), original.headers());
    }

    @Override
    protected @Nullable SslInfo initSslInfo() {
        Channel channel = exchange.channel();
        return channel.pipeline().get(SslHandler.class) == null
                ? null
                : exchange.awaitServed().request().getSslInfo();
    }

    /** Returns the body, which is read once, as Reactor Netty's is. */
    @Override
    public Flux<DataBuffer> getBody() {
        return new GuardedBody(Flux.defer(this::readOnce));
    }

    private Flux<DataBuffer> readOnce() {
        if (read) {
            return Flux.empty();
        }
        read = true;
        return Flux.fromIterable(exchange.body())
                .map(ByteBuf::retainedDuplicate)
                .map(buffers::wrap);
    }

    @Override
    public <T> T getNativeRequest() {
        return ServerHttpRequestDecorator.getNativeRequest(exchange.awaitServed().request());
    }
}
