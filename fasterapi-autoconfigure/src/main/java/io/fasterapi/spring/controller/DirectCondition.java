package io.fasterapi.spring.controller;

import io.fasterapi.route.RouteCondition;
import io.fasterapi.route.RouteMatch;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request take the direct lane only if it carries nothing that the compiled method does not
 * cover. Shared by all event loops.
 */
final class DirectCondition implements RouteCondition {

    /*
     * One pass over the headers, and the length of a name tells most of them apart from those that
     * matter. WebFlux sees every request with a header that makes it, or the server below it,
     * behave differently: CORS, conditions, ranges, upgrades, 100-continue, chunked bodies, a header
     * sent twice.
     */
    private static final AsciiString[] FOREIGN = {
        HttpHeaderNames.ORIGIN,
        HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD,
        HttpHeaderNames.EXPECT,
        HttpHeaderNames.RANGE,
        HttpHeaderNames.IF_RANGE,
        HttpHeaderNames.IF_MATCH,
        HttpHeaderNames.IF_NONE_MATCH,
        HttpHeaderNames.IF_MODIFIED_SINCE,
        HttpHeaderNames.IF_UNMODIFIED_SINCE,
        HttpHeaderNames.UPGRADE,
        HttpHeaderNames.TRANSFER_ENCODING,
        HttpHeaderNames.CONTENT_ENCODING,
    };

    private static final AsciiString[][] FOREIGN_BY_LENGTH = byLength();

    private final LearntTypes types;
    private final String method;
    private final BodyLimits body;
    private final boolean anyAccept;

    /**
     * Creates the condition.
     *
     * @param types the answers that WebFlux has shown
     * @param method the only method that the route takes; HEAD is not GET here
     * @param body which bodies the route reads
     * @param anyAccept whether to take a request whose answer's type is not known yet: the handler
     *     then leaves it to WebFlux on the core that it is on, which must be the right one
     */
    DirectCondition(LearntTypes types, String method, BodyLimits body, boolean anyAccept) {
        this.types = types;
        this.method = method;
        this.body = body;
        this.anyAccept = anyAccept;
    }

    /** Returns a condition that takes nothing, for what WebFlux has to answer. */
    static RouteCondition never() {
        return (method, match, headers) -> false;
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
        if (match.isEncoded() || !sent.equals(method)) {
            return false;
        }
        @Nullable CharSequence accept = null;
        @Nullable CharSequence type = null;
        CharSequence length = "";
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> header = all.next();
            CharSequence name = header.getKey();
            if (isForeign(name)) {
                return false;
            }
            switch (name.length()) {
                case 6:
                    if (HttpHeaderNames.ACCEPT.contentEqualsIgnoreCase(name)) {
                        if (accept != null) {
                            return false;
                        }
                        accept = header.getValue();
                    }
                    break;
                case 12:
                    if (HttpHeaderNames.CONTENT_TYPE.contentEqualsIgnoreCase(name)) {
                        if (type != null) {
                            return false;
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
        return body.take(type == null ? "" : type, length)
                && (anyAccept || types.find(accept == null ? "" : accept.toString()) != null);
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
