package io.fasterapi.admission;

import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_LENGTH;
import static io.netty.handler.codec.http.HttpHeaderNames.CONTENT_TYPE;
import static io.netty.handler.codec.http.HttpHeaderNames.RETRY_AFTER;

import io.fasterapi.log.SafeLog;
import io.fasterapi.placement.DrainTime;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.ReadOnlyHttpHeaders;
import io.netty.util.AsciiString;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What refused requests are answered, the same in every lane: 503 or 429, when to come back, and a
 * problem where the application has such. Thread-safe.
 */
public final class Refusals {

    /*
     * Every answer is made once, for each status and number of seconds, at the first refusal that
     * has that status. Whoever refuses picks one: a look at the clock and a random number.
     *
     * Who is refused together comes back together, so the seconds are spread: over half the time
     * that the queue takes, and over one second at least.
     */
    private static final System.Logger LOGGER = System.getLogger(Refusals.class.getName());

    /** Nobody is sent away for longer. */
    static final int MOST_SECONDS = 60;

    private static final long SECOND_NANOS = 1_000_000_000;
    private static final byte[] NOTHING = {};
    private static final AsciiString PROBLEM = AsciiString.cached("application/problem+json");
    private static final Refusals PLAIN = new Refusals(template -> false, status -> NOTHING);

    private final Predicate<String> tooMany;
    private final IntFunction<byte[]> problems;
    private final Map<Refused, DrainTime> queues;
    private volatile Answer @Nullable [] unavailable;
    private volatile Answer @Nullable [] tooManyRequests;

    /**
     * Creates answers whose time is not measured.
     *
     * @param tooMany tells by its path template which route's requests get 429 instead of 503
     * @param problems makes the body for a status, JSON; empty if there is none
     */
    public Refusals(Predicate<String> tooMany, IntFunction<byte[]> problems) {
        this(tooMany, problems, Map.of());
    }

    private Refusals(
            Predicate<String> tooMany,
            IntFunction<byte[]> problems,
            Map<Refused, DrainTime> queues) {
        this.tooMany = tooMany;
        this.problems = problems;
        this.queues = queues;
    }

    /** Returns answers of 503 without a body. */
    public static Refusals plain() {
        return PLAIN;
    }

    /** Returns the same with the queues that may refuse, by the cause for which they do. */
    public Refusals with(Map<Refused, DrainTime> measured) {
        return new Refusals(tooMany, problems, Map.copyOf(measured));
    }

    /** Returns what a request of a route is answered that has just been refused there. */
    public Answer of(RouteLoad load) {
        Refused cause = load.lastCause();
        DrainTime queue = cause == Refused.ROUTE_LIMIT ? load.drain() : null;
        if (queue == null && cause != null) {
            queue = queues.get(cause);
        }
        return pick(load.isTooMany(), queue == null ? DrainTime.UNKNOWN_NANOS : queue.nanos());
    }

    /**
     * Returns what a request is answered.
     *
     * @param template the path template of its route
     * @param drainNanos how long the queue takes to drain that refuses it, in nanoseconds
     */
    public Answer of(String template, long drainNanos) {
        return pick(tooMany.test(template), drainNanos);
    }

    private Answer pick(boolean many, long drainNanos) {
        Answer[] all = many ? tooManyRequests : unavailable;
        if (all == null) {
            all = answers(many);
        }
        return all[spread(drainNanos)];
    }

    /** Returns a number of seconds that is that long, or up to half as long again. */
    private static int spread(long nanos) {
        int seconds = (int) Math.min(MOST_SECONDS, (nanos - 1) / SECOND_NANOS + 1);
        int more = ThreadLocalRandom.current().nextInt(Math.max(1, seconds / 2) + 1);
        return Math.min(MOST_SECONDS, seconds + more);
    }

    private Answer[] answers(boolean many) {
        HttpResponseStatus status =
                many
                        ? HttpResponseStatus.TOO_MANY_REQUESTS
                        : HttpResponseStatus.SERVICE_UNAVAILABLE;
        byte[] problem;
        try {
            problem = problems.apply(status.code());
        } catch (Throwable ex) {
            SafeLog.error(
                    LOGGER,
                    () -> "the problem-details body of refusals could not be made; they have none",
                    ex);
            problem = NOTHING;
        }
        Answer[] all = new Answer[MOST_SECONDS + 1];
        for (int seconds = 1; seconds <= MOST_SECONDS; seconds++) {
            all[seconds] = new Answer(status, seconds, problem);
        }
        if (many) {
            tooManyRequests = all;
        } else {
            unavailable = all;
        }
        return all;
    }

    /** One answer, shared by all who get it. Immutable. */
    public static final class Answer implements Verdict {

        private final HttpResponseStatus status;
        private final ByteBuf body;
        private final HttpHeaders headers;
        private final HttpHeaders head;
        private final FullHttpResponse whole;

        Answer(HttpResponseStatus status, int seconds, byte[] problem) {
            this.status = status;
            this.body =
                    problem.length == 0
                            ? Unpooled.EMPTY_BUFFER
                            : Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(problem));
            AsciiString after = AsciiString.cached(Integer.toString(seconds));
            this.headers =
                    problem.length == 0
                            ? headers(RETRY_AFTER, after)
                            : headers(RETRY_AFTER, after, CONTENT_TYPE, PROBLEM);
            AsciiString length = AsciiString.cached(Integer.toString(problem.length));
            this.head =
                    problem.length == 0
                            ? headers(RETRY_AFTER, after, CONTENT_LENGTH, length)
                            : headers(
                                    RETRY_AFTER,
                                    after,
                                    CONTENT_TYPE,
                                    PROBLEM,
                                    CONTENT_LENGTH,
                                    length);
            this.whole = response();
        }

        private static HttpHeaders headers(AsciiString... namesAndValues) {
            return new ReadOnlyHttpHeaders(false, namesAndValues);
        }

        private FullHttpResponse response() {
            return new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, status, body(), head, EmptyHttpHeaders.INSTANCE);
        }

        /** Returns the status: 503 or 429. */
        public HttpResponseStatus status() {
            return status;
        }

        /** Returns when to come back, and the type of the body if there is one; immutable. */
        public HttpHeaders headers() {
            return headers;
        }

        /** Returns the body, for one response; empty if there is none. Need not be released. */
        public ByteBuf body() {
            return body.isReadable() ? body.duplicate() : body;
        }

        /** Returns a whole response, for one request. Need not be released. */
        public FullHttpResponse whole() {
            return body.isReadable() ? response() : whole; // a body has an index for each reader
        }
    }
}
