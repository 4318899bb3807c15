package io.fasterapi.spring.equality;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One answer as a client sees it. Header names and their order are as sent; the body is decoded
 * from its framing, one character a byte, since the bounds of chunks may depend on timing.
 * Immutable.
 *
 * @param framing {@code none}, {@code length}, {@code chunked}, {@code until-close}, or {@code
 *     garbage} for bytes which are no response
 * @param complete false if the connection ended within it
 */
public record Response(
        String statusLine,
        List<Header> headers,
        String framing,
        String body,
        List<Header> trailers,
        boolean complete) {

    private static final int STATUS_AT = "HTTP/1.1 ".length();

    public record Header(String name, String value) {

        boolean is(String other) {
            return name.equalsIgnoreCase(other);
        }

        @Override
        public String toString() {
            return name + ": " + value;
        }
    }

    public Optional<String> header(String name) {
        return headers.stream().filter(h -> h.is(name)).map(Header::value).findFirst();
    }

    public int status() {
        if (framing.equals("garbage") || statusLine.length() < STATUS_AT + 3) {
            return 0;
        }
        return Integer.parseInt(statusLine.substring(STATUS_AT, STATUS_AT + 3));
    }

    boolean isInformational() {
        return status() >= 100 && status() < 200;
    }

    boolean isChunked() {
        return header("Transfer-Encoding")
                .filter(v -> v.toLowerCase(Locale.ROOT).contains("chunked"))
                .isPresent();
    }

    Response withHeaders(List<Header> others) {
        return new Response(statusLine, others, framing, body, trailers, complete);
    }

    Response withBody(String other) {
        return new Response(statusLine, headers, framing, other, trailers, complete);
    }
}
