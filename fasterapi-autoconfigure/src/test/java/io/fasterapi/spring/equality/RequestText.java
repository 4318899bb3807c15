package io.fasterapi.spring.equality;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes HTTP/1.1 requests as text. Stateless. */
final class RequestText {

    static final String JSON = "application/json";
    static final String TEXT = "text/plain";
    static final String FORM = "application/x-www-form-urlencoded";
    static final String NL = "\r\n";

    private RequestText() {}

    static String get(String target, String... headers) {
        return request("GET", target, headers);
    }

    static String post(String target, String type, String body, String... headers) {
        return withBody("POST", target, type, body, headers);
    }

    /** A request without a body. */
    static String request(String method, String target, String... headers) {
        return head(method + " " + target + " HTTP/1.1", "Host: localhost", headers) + NL;
    }

    static String withBody(
            String method, String target, String type, String body, String... headers) {
        String head = head(method + " " + target + " HTTP/1.1", "Host: localhost", headers);
        return head
                + ("Content-Type: " + type + NL)
                + ("Content-Length: " + body.length() + NL + NL)
                + body;
    }

    static String chunked(String target, String type, String... chunks) {
        StringBuilder text = new StringBuilder(chunkedHead(target, type));
        for (String chunk : chunks) {
            text.append(chunk(chunk));
        }
        return text + "0" + NL + NL;
    }

    static String chunkedHead(String target, String type) {
        return head("POST " + target + " HTTP/1.1", "Host: localhost")
                + ("Content-Type: " + type + NL)
                + ("Transfer-Encoding: chunked" + NL + NL);
    }

    static String chunk(String content) {
        return Integer.toHexString(content.length()) + NL + content + NL;
    }

    /** A request line and header lines, without the empty line. */
    static String head(String requestLine, String host, String... headers) {
        StringBuilder text = new StringBuilder(requestLine + NL);
        if (!host.isEmpty()) {
            text.append(host).append(NL);
        }
        for (String header : headers) {
            text.append(header).append(NL);
        }
        return text.toString();
    }

    /** The UTF-8 bytes of the text, one character a byte. */
    static String utf8(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
