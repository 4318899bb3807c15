package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.route.RouteCondition;
import io.fasterapi.route.RouteMatch;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Accepts a request for the direct lane only if the compiled method covers everything that it
 * carries. All event loops share it.
 */
public final class DirectCondition implements RouteCondition {

    /*
     * It makes one pass over the headers. The length of a name distinguishes most of them from
     * those that matter. WebFlux gets every request with a header that changes what it or the
     * server does: pre-flight requests, conditions, ranges, 100-continue, chunked bodies, a header
     * sent twice. Origin is not among them, because an application that answers other origins has
     * nothing on the direct lane. Neither is Upgrade, because the server does not route what it
     * upgrades.
     */
    private static final AsciiString[] FOREIGN = {
        HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD,
        HttpHeaderNames.EXPECT,
        HttpHeaderNames.RANGE,
        HttpHeaderNames.IF_RANGE,
        HttpHeaderNames.IF_MATCH,
        HttpHeaderNames.IF_NONE_MATCH,
        HttpHeaderNames.IF_MODIFIED_SINCE,
        HttpHeaderNames.IF_UNMODIFIED_SINCE,
        HttpHeaderNames.TRANSFER_ENCODING,
        HttpHeaderNames.CONTENT_ENCODING,
    };

    private static final AsciiString[][] FOREIGN_BY_LENGTH = byLength();

    private final LearnedFormats formats;
    private final String method;
    private final BodyCondition body;
    private final boolean anyAccept;
    private final MappingCounters counters;

    /**
     * Creates the condition.
     *
     * @param formats the answers that WebFlux has given
     * @param method the only method of the route; HEAD is not GET here
     * @param body which bodies the route reads
     * @param anyAccept whether to accept a request whose answer's type is not known yet; its
     *     handler then leaves it to WebFlux on the same core, which is that of its shard key
     * @param counters the counters of the mapping; they close the lane if its results are always
     *     unusual
     */
    public DirectCondition(
            LearnedFormats formats,
            String method,
            BodyCondition body,
            boolean anyAccept,
            MappingCounters counters) {
        this.formats = formats;
        this.method = method;
        this.body = body;
        this.anyAccept = anyAccept;
        this.counters = counters;
    }

    private static AsciiString[][] byLength() {
        AsciiString[][] table = new AsciiString[32][];
        for (int length = 0; length < table.length; length++) {
            int wanted = length;
            table[length] =
                    Arrays.stream(FOREIGN)
                            .filter(name -> name.length() == wanted)
                            .toArray(AsciiString[]::new);
        }
        return table;
    }

    @Override
    public boolean takes(String sent, RouteMatch match, HttpHeaders headers) {
        return !match.isEncoded() && sent.equals(method) && restriction(headers) == null;
    }

    /** Returns why a request that came another way could not take the direct lane. */
    Reason explain(ServerHttpRequest request) {
        HttpHeaders headers = new DefaultHttpHeaders(false);
        request.getHeaders().forEach((name, values) -> headers.add(name, values));
        Reason found =
                request.getMethod().name().equals(method) ? restriction(headers) : Reason.OTHER;
        return found == null ? Reason.OTHER : found;
    }

    private @Nullable Reason restriction(HttpHeaders headers) {
        if (WebDebugLog.isEnabled()) {
            return Reason.LOGGING;
        }
        if (counters.isResting()) {
            return Reason.VALUE;
        }
        @Nullable CharSequence accept = null;
        @Nullable CharSequence type = null;
        CharSequence length = "";
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            CharSequence name = header.getKey();
            if (isForeign(name)) {
                return Reason.HEADER;
            }
            switch (name.length()) {
                case 6:
                    if (HttpHeaderNames.ACCEPT.contentEqualsIgnoreCase(name)) {
                        if (accept != null) {
                            return Reason.HEADER;
                        }
                        accept = header.getValue();
                    }
                    break;
                case 12:
                    if (HttpHeaderNames.CONTENT_TYPE.contentEqualsIgnoreCase(name)) {
                        if (type != null) {
                            return Reason.HEADER;
                        }
                        type = header.getValue();
                    }
                    break;
                case 14:
                    if (HttpHeaderNames.CONTENT_LENGTH.contentEqualsIgnoreCase(name)) {
                        length = header.getValue();
                    }
                    break;
                default:
            }
        }
        if (!body.takes(type, length)) {
            return Reason.BODY;
        }
        return anyAccept || formats.find(accept == null ? "" : accept.toString()) != null
                ? null
                : Reason.ACCEPT;
    }

    private static boolean isForeign(CharSequence name) {
        if (name.length() >= FOREIGN_BY_LENGTH.length) {
            return false;
        }
        for (AsciiString foreign : FOREIGN_BY_LENGTH[name.length()]) {
            if (foreign.contentEqualsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }
}
