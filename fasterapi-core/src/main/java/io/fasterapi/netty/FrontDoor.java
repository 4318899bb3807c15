package io.fasterapi.netty;

import io.fasterapi.admission.RecentlyUsed;
import io.fasterapi.admission.Refusals;
import io.fasterapi.admission.Verdict;
import io.fasterapi.log.SafeLog;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.cookie.Cookie;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerConfig;
import reactor.netty.http.server.ServerCookies;

/**
 * What answers requests of a server before Reactor Netty has seen them, for a fraction of the CPU:
 * those that are answered at once on the event loop, and refusals on connections one of whose
 * requests was refused just before. Nothing is answered here where the server does anything for a
 * request but have it handled. Thread-safe.
 */
public final class FrontDoor {

    private static final System.Logger LOGGER = System.getLogger(FrontDoor.class.getName());

    /** Clients choose them: those that have not been used for long are forgotten. */
    private static final int MOST_HOSTS = 64;

    private final List<EarlyDoor> doors = new CopyOnWriteArrayList<>();
    private final LongAdder refused = new LongAdder();
    private final LongAdder served = new LongAdder();
    private final RecentlyUsed<String, Boolean> hosts = new RecentlyUsed<>(MOST_HOSTS);
    private volatile @Nullable EarlyDoor lastDoor;
    private volatile boolean lastServes;
    private volatile boolean possible;
    private volatile @Nullable Compression compression;
    private volatile boolean forwarded;
    private volatile boolean logged;
    private volatile boolean mayWait;
    private volatile int maxRequests = -1;
    private volatile @Nullable HttpServerConfig config;

    /**
     * Watches the connections of a server.
     *
     * @param bare asked when the server starts: whether nobody but Reactor Netty and the doors does
     *     anything for a request
     */
    public HttpServer addTo(HttpServer server, BooleanSupplier bare) {
        return server.doOnBind(config -> bound(config, bare.getAsBoolean()))
                .doOnChannelInit((observer, channel, address) -> opened(channel))
                .doOnUnbound(unbound -> doors.clear());
    }

    private void bound(HttpServerConfig server, boolean bare) {
        config = server;
        compression = Compression.of(server);
        mayWait = server.idleTimeout() == null; // its handler knows of no early request
        forwarded = server.isForwarded();
        logged = EarlyAccessLog.isAskedFor();
        maxRequests = server.maxKeepAliveRequests();
        possible = bare;
    }

    private void opened(Channel channel) {
        if (!NegotiatedProtocol.await(channel, () -> openedHttp1(channel))) {
            openedHttp1(channel);
        }
    }

    private void openedHttp1(Channel channel) {
        HttpServerConfig server = config;
        if (possible && server != null) {
            ResponseEncoder.addTo(channel, server.decoder());
            Http1Connection.addTo(channel, this);
        } else {
            Http1Connection.addTo(channel, null);
        }
    }

    /** Returns whether a request may be under way for longer than the read that brought it. */
    boolean mayWait() {
        return mayWait;
    }

    /** Returns whether an early request of a connection may be under way for longer than a read. */
    public static boolean mayWait(Channel channel) {
        EarlyRequests early = Http1Connection.early(channel);
        return early != null && early.server().mayWait;
    }

    /** Returns a new connection's. */
    ConnectionSettings connectionSettings() {
        return new ConnectionSettings(
                new KeepAliveLimit(maxRequests), compression, logged ? new EarlyAccessLog() : null);
    }

    /** Returns whether a request carries nothing that the server itself would look at. */
    static boolean isOrdinary(HttpRequest request) {
        HttpHeaders headers = request.headers();
        return request.decoderResult().isSuccess()
                && request.protocolVersion().equals(HttpVersion.HTTP_1_1)
                && !request.method().equals(HttpMethod.HEAD)
                && isKeptAlive(headers)
                && !headers.contains(HttpHeaderNames.EXPECT)
                && !headers.contains(HttpHeaderNames.UPGRADE)
                && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING);
    }

    /** Returns whether a request says of its connection what goes without saying, or nothing. */
    private static boolean isKeptAlive(HttpHeaders headers) {
        Iterator<? extends CharSequence> said =
                headers.valueCharSequenceIterator(HttpHeaderNames.CONNECTION);
        return !said.hasNext()
                || (HttpHeaderValues.KEEP_ALIVE.contentEqualsIgnoreCase(said.next())
                        && !said.hasNext());
    }

    /**
     * Returns the host that a request names, and what else its URI depends on that a proxy says;
     * null if it names none or more than one, or if what the proxy says is not plain.
     */
    @Nullable String hostOf(HttpHeaders headers) {
        Iterator<String> named = headers.valueStringIterator(HttpHeaderNames.HOST);
        String first = named.hasNext() ? named.next() : null;
        if (first == null || named.hasNext()) {
            return null;
        }
        if (!forwarded) {
            return first;
        }
        String more = ForwardedHeaders.of(headers);
        if (more == null) {
            return null;
        }
        return more.isEmpty() ? first : first + '\n' + more;
    }

    /**
     * Returns the same for a request of a connection: the host as which {@link EarlyDoor#open} is
     * told of it; null also if none is answered early there.
     */
    public static @Nullable String hostOf(Channel channel, HttpHeaders headers) {
        EarlyRequests early = Http1Connection.early(channel);
        return early == null ? null : early.server().hostOf(headers);
    }

    /**
     * Returns whether a proxy says of a request from which address it comes, or to which it went,
     * and the server heeds that.
     */
    public static boolean isForwarded(Channel channel, HttpHeaders headers) {
        EarlyRequests early = Http1Connection.early(channel);
        return early != null && early.server().forwarded && ForwardedHeaders.sayAddress(headers);
    }

    /** Returns the cookies of a request, as Reactor Netty reads them. */
    public static Map<CharSequence, List<Cookie>> cookies(Channel channel, HttpHeaders headers) {
        return ServerCookies.newServerRequestHolder(headers, config(channel).cookieDecoder())
                .getAllCachedCookies();
    }

    /** Returns the header that sets a cookie, as Reactor Netty writes it. */
    public static String encode(Channel channel, Cookie cookie) {
        return config(channel).cookieEncoder().encode(cookie);
    }

    private static HttpServerConfig config(Channel channel) {
        EarlyRequests early = Http1Connection.early(channel);
        HttpServerConfig known = early == null ? null : early.server().config;
        if (known == null) {
            throw new IllegalStateException("connection: no early one (expected: of this server)");
        }
        return known;
    }

    /** Returns whether a request with that host was answered with success lately. */
    boolean isKnown(String host) {
        return hosts.get(host) != null;
    }

    /** A request with that host was answered with success. */
    void learn(String host) {
        if (!isKnown(host)) {
            hosts.put(host, true);
        }
    }

    /**
     * Opens a call if the door that a request comes to can serve it at once; else returns null. On
     * the event loop.
     *
     * @param body the request's, complete; empty if it has none
     */
    @Nullable EarlyCall open(
            HttpRequest request, List<ByteBuf> body, String host, Channel channel) {
        for (int i = 0; i < doors.size(); i++) {
            if (doors.get(i) instanceof SideDoor door && door.owns(request)) {
                return door.open(request, body, channel);
            }
        }
        EarlyDoor last = lastServes ? lastDoor : null;
        return last == null ? null : last.open(request, body, host, channel);
    }

    /**
     * Returns the call that has begun for a request that Reactor Netty has just been given, if it
     * is of that type, else null; its caller takes it over. On the event loop.
     */
    public static <T extends EarlyCall> @Nullable T take(
            Channel channel, HttpHeaders request, Class<T> type) {
        EarlyRequests early = Http1Connection.early(channel);
        return early == null ? null : early.takeOver(request, type);
    }

    /** A request was answered, or refused, that Reactor Netty never saw. */
    void served(boolean refusal) {
        (refusal ? refused : served).increment();
    }

    /** Returns how many requests were answered, refusals aside, that Reactor Netty never saw. */
    public long servedCount() {
        return served.sum();
    }

    /** Adds a door behind those that were added before, until the server stops. */
    public void add(EarlyDoor door) {
        doors.add(door);
    }

    /** Sets the door that a request comes to when it is no other's. */
    public void setLast(EarlyDoor door) {
        lastDoor = door;
    }

    /** Lets the last door serve, too: nothing but the server stands before it. */
    public void serveLast() {
        lastServes = true;
    }

    /** Returns how many requests were refused early. */
    public long refusedCount() {
        return refused.sum();
    }

    /** A request of a connection is about to be refused in the usual way. On its event loop. */
    static void refused(Channel channel) {
        EarlyRequests early = Http1Connection.early(channel);
        if (early != null) {
            early.refused();
        }
    }

    /**
     * Returns what a request is answered that would be refused, which has been counted then; else
     * null. What fails to be judged is Reactor Netty's.
     */
    Refusals.@Nullable Answer refusal(HttpRequest request, EventLoop loop) {
        try {
            return counted(judge(request, loop));
        } catch (Throwable ex) {
            SafeLog.error(
                    LOGGER,
                    () -> "the early check of a request failed; Reactor Netty serves it",
                    ex);
            return null;
        }
    }

    private Verdict judge(HttpRequest request, EventLoop loop) {
        for (int i = 0; i < doors.size(); i++) {
            Verdict verdict = doors.get(i).judge(request, loop);
            if (verdict != Verdict.FOREIGN) {
                return verdict;
            }
        }
        EarlyDoor door = lastDoor;
        return door == null ? Verdict.FOREIGN : door.judge(request, loop);
    }

    private Refusals.@Nullable Answer counted(Verdict verdict) {
        if (!(verdict instanceof Refusals.Answer answer)) {
            return null;
        }
        refused.increment();
        return answer;
    }
}
