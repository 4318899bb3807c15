package io.fasterapi.spring.equality;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

/** Writes HTTP/1.1 requests as text. Stateless. */
public final class RequestText {

    public static final String JSON = "application/json";
    public static final String TEXT = "text/plain";
    public static final String FORM = "application/x-www-form-urlencoded";
    public static final String NL = "\r\n";

    private RequestText() {}

    public static String get(String target, String... headers) {
        return request("GET", target, headers);
    }

    public static String post(String target, String type, String body, String... headers) {
        return withBody("POST", target, type, body, headers);
    }

    /** A request without a body. */
    public static String request(String method, String target, String... headers) {
        return head(method + " " + target + " HTTP/1.1", "Host: localhost", headers) + NL;
    }

    public static String withBody(
            String method, String target, String type, String body, String... headers) {
        String head = head(method + " " + target + " HTTP/1.1", "Host: localhost", headers);
        return head
                + ("Content-Type: " + type + NL)
                + ("Content-Length: " + body.length() + NL + NL)
                + body;
    }

    public static String chunked(String target, String type, String... chunks) {
        StringBuilder text = new StringBuilder(chunkedHead(target, type));
        for (String chunk : chunks) {
            text.append(chunk(chunk));
        }
        return text + "0" + NL + NL;
    }

    public static String chunkedHead(String target, String type) {
        return head("POST " + target + " HTTP/1.1", "Host: localhost")
                + ("Content-Type: " + type + NL)
                + ("Transfer-Encoding: chunked" + NL + NL);
    }

    public static String chunk(String content) {
        return Integer.toHexString(content.length()) + NL + content + NL;
    }

    /** A request line and header lines, without the empty line. */
    public static String head(String requestLine, String host, String... headers) {
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
    public static String utf8(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }
}
