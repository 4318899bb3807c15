package io.fasterapi.netty;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy says of a request, for a server that heeds it ({@code
 * server.forward-headers-strategy=native}, the default on Kubernetes): as far as it is plain enough
 * for Reactor Netty to heed it without a refusal.
 */
final class ForwardedHeaders {

    private static final AsciiString FORWARDED = AsciiString.cached("forwarded");
    private static final AsciiString PREFIX = AsciiString.cached("x-forwarded-prefix");
    private static final AsciiString FOR = AsciiString.cached("x-forwarded-for");
    private static final AsciiString PROTO = AsciiString.cached("x-forwarded-proto");
    private static final AsciiString HOST = AsciiString.cached("x-forwarded-host");
    private static final AsciiString PORT = AsciiString.cached("x-forwarded-port");

    private static final Pattern PLAIN_HOST =
            Pattern.compile("[A-Za-z0-9.-]{1,255}(?::([0-9]{1,5}))?");

    private static final int MOST_PORT = 65_535;

    private ForwardedHeaders() {}

    /** Returns whether the client's or the server's address is not that of the connection. */
    static boolean sayAddress(HttpHeaders headers) {
        return headers.contains(FOR) || headers.contains(HOST) || headers.contains(PORT);
    }

    /**
     * Returns what a request's URI depends on besides its line and its {@code Host}: empty if
     * nothing is said, null if what is said is not plain.
     */
    static @Nullable String of(HttpHeaders headers) {
        String client = headers.get(FOR);
        String scheme = headers.get(PROTO);
        String host = headers.get(HOST);
        String port = headers.get(PORT);
        if (headers.contains(FORWARDED)
                || headers.contains(PREFIX)
                || (client != null && !isPlainClient(client))
                || (scheme != null && !scheme.equals("http") && !scheme.equals("https"))
                || (host != null && !isPlainHost(host))
                || (port != null && !isPlainPort(port))) {
            return null;
        }
        return scheme == null && host == null && port == null
                ? ""
                : scheme + '\n' + host + '\n' + port;
    }

    /** Returns whether a list begins with an IPv4 address. */
    private static boolean isPlainClient(String list) {
        int end = list.indexOf(',');
        int length = end < 0 ? list.length() : end;
        for (int i = 0; i < length; i++) {
            char c = list.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return length > 0;
    }

    private static boolean isPlainHost(String host) {
        var plain = PLAIN_HOST.matcher(host);
        return plain.matches() && (plain.group(1) == null || isPlainPort(plain.group(1)));
    }

    private static boolean isPlainPort(String port) {
        if (port.isEmpty() || port.length() > 5) {
            return false;
        }
        for (int i = 0; i < port.length(); i++) {
            if (port.charAt(i) < '0' || port.charAt(i) > '9') {
                return false;
            }
        }
        return Integer.parseInt(port) <= MOST_PORT;
    }
}
