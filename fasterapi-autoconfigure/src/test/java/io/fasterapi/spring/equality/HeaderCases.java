package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.NL;
import static io.fasterapi.spring.equality.RequestText.TEXT;
import static io.fasterapi.spring.equality.RequestText.get;
import static io.fasterapi.spring.equality.RequestText.head;
import static io.fasterapi.spring.equality.RequestText.post;

import java.util.List;

/** Headers that steer the connection, CORS, compression, forwarding. */
final class HeaderCases {

    private static final String FRIEND = "Origin: https://friend.example";
    private static final String STRANGER = "Origin: https://stranger.example";
    private static final String ASK_GET = "Access-Control-Request-Method: GET";
    private static final String GZIP = "Accept-Encoding: gzip";

    private HeaderCases() {}

    static void addTo(CaseBook book) {
        cors(book);
        compression(book);
        connection(book);
        expectations(book);
        oddities(book);
    }

    private static void cors(CaseBook book) {
        String asksHeader = "Access-Control-Request-Headers: X-Custom";
        String asksOther = "Access-Control-Request-Headers: X-Other";
        book.get("cors, simple", "/cors", FRIEND);
        book.get("cors, refused", "/cors", STRANGER);
        book.get("cors, null origin", "/cors", "Origin: null");
        book.get("cors, same origin", "/cors", "Origin: http://localhost");
        book.get("cors, malformed origin", "/cors", "Origin: ::nonsense::");
        book.get("cors, no origin", "/cors");
        book.get("cors, not configured", "/plain", FRIEND);
        book.get("cors, missing path", "/nothing-here", FRIEND);
        book.method("preflight", "OPTIONS", "/cors", FRIEND, ASK_GET, asksHeader);
        book.method("preflight, other header", "OPTIONS", "/cors", FRIEND, ASK_GET, asksOther);
        book.method("preflight, stranger", "OPTIONS", "/cors", STRANGER, ASK_GET);
        book.method(
                "preflight, other method",
                "OPTIONS",
                "/cors",
                FRIEND,
                "Access-Control-Request-Method: PUT");
        book.method(
                "preflight, any",
                "OPTIONS",
                "/cors-any",
                STRANGER,
                "Access-Control-Request-Method: DELETE");
        book.method("preflight, not configured", "OPTIONS", "/plain", FRIEND, ASK_GET);
        book.method("options with origin", "OPTIONS", "/cors", FRIEND);
        book.method("cors, delete", "DELETE", "/cors-any", STRANGER);
        book.method("cors, HEAD", "HEAD", "/cors", FRIEND);
    }

    private static void compression(CaseBook book) {
        for (String path :
                List.of(
                        "plain",
                        "json",
                        "void",
                        "large-text",
                        "large-chunked",
                        "ndjson-delayed",
                        "sse",
                        "bytes",
                        "etag",
                        "hello.txt",
                        "fail/status",
                        "status/204",
                        "status-body/404",
                        "connection-close",
                        "mono-empty")) {
            book.get("gzip of " + path, "/" + path, GZIP);
        }
        book.method("gzip, HEAD", "HEAD", "/json", GZIP);
        book.get("gzip by quality", "/json", "Accept-Encoding: br, gzip;q=0.5, deflate;q=0.1");
        book.get("gzip refused", "/json", "Accept-Encoding: gzip;q=0");
        book.get("deflate", "/probe", "Accept-Encoding: identity");
        book.get("gzip for an agent", "/json", GZIP, "User-Agent: Mozilla/5.0");
        book.add("gzip of a body").requests(post("/echo", TEXT, "echo ".repeat(100), GZIP));
        book.add("gzip in a pipeline")
                .requests(get("/json", GZIP), get("/plain"), get("/list", GZIP));
    }

    private static void connection(CaseBook book) {
        book.get("connection close", "/plain", "Connection: close");
        book.get("connection Close", "/json", "Connection: Close");
        book.get("connection close, keep-alive", "/json", "Connection: keep-alive, close");
        book.get("connection keep-alive", "/plain", "Connection: keep-alive");
        book.get("connection close, stream", "/ndjson", "Connection: close");
        book.get("connection close, missing", "/nothing-here", "Connection: close");
        book.body("connection close, body", "/echo", TEXT, "x", "Connection: close");
        book.method("connection close, HEAD", "HEAD", "/plain", "Connection: close");
        book.get("upgrade to unknown", "/plain", "Connection: Upgrade", "Upgrade: unknown");
        book.get("upgrade to websocket", "/plain", "Connection: Upgrade", "Upgrade: websocket");
        book.line("HTTP/1.0", "GET /plain HTTP/1.0");
        book.line("HTTP/1.0, json", "GET /json HTTP/1.0");
        book.line("HTTP/1.0, missing", "GET /nothing-here HTTP/1.0");
        book.line("HTTP/1.0 keep-alive", "GET /plain HTTP/1.0", "Connection: keep-alive");
        book.line("HTTP/1.0 stream", "GET /ndjson HTTP/1.0");
        book.line("HTTP/1.0 stream, keep-alive", "GET /ndjson HTTP/1.0", "Connection: keep-alive");
        book.line("HTTP/1.0, HEAD", "HEAD /plain HTTP/1.0");
        book.add("HTTP/1.0 without Host").requests(head("GET /plain HTTP/1.0", "") + NL);
        book.add("HTTP/1.0 with a body")
                .requests(
                        head(
                                        "POST /echo HTTP/1.0",
                                        "",
                                        "Content-Length: 2",
                                        "Content-Type: text/plain")
                                + NL
                                + "ab");
    }

    private static void expectations(CaseBook book) {
        String expects = "Expect: 100-continue";
        book.add("expect 100, body follows")
                .requests(expecting("/echo", 4, expects))
                .await(1)
                .bytes("body")
                .expect(2);
        book.add("expect 100, body at once")
                .requests(expecting("/echo", 4, expects) + "body")
                .expect(2);
        book.add("expect 100, body never sent")
                .requests(expecting("/echo", 4, expects))
                .await(1)
                .halfClose();
        book.add("expect 100, chunked")
                .requests(
                        RequestText.chunkedHead("/echo", TEXT)
                                .replace("Transfer", expects + NL + "Transfer"))
                .await(1)
                .bytes(RequestText.chunk("abc") + "0" + NL + NL)
                .expect(2);
        book.add("expect 100, handler does not read")
                .requests(expecting("/ignore", 4, expects))
                .await(1)
                .bytes("body");
        book.add("expect 100, no handler")
                .requests(expecting("/nothing-here", 4, expects))
                .await(1)
                .bytes("body");
        book.add("expect nonsense").requests(expecting("/echo", 4, "Expect: nonsense") + "body");
        book.get("expect 100 without body", "/plain", expects);
    }

    private static String expecting(String target, int length, String expects) {
        return head(
                        "POST " + target + " HTTP/1.1",
                        "Host: localhost",
                        "Content-Type: text/plain",
                        "Content-Length: " + length,
                        expects)
                + NL;
    }

    private static void oddities(CaseBook book) {
        book.get("forwarded for", "/link", "X-Forwarded-For: 1.2.3.4", "X-Forwarded-Proto: https");
        book.get("forwarded", "/link", "Forwarded: for=1.2.3.4;proto=https;host=example.org");
        book.get("method override", "/any", "X-HTTP-Method-Override: DELETE");
        book.get("accept language", "/plain", "Accept-Language: de-DE, en;q=0.5");
        book.get("authorization", "/plain", "Authorization: Basic dTpw");
        book.get(
                "trace context",
                "/plain",
                "traceparent: 00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01");
        book.get("te", "/plain", "TE: trailers");
        book.get("range of a controller", "/plain", "Range: bytes=0-1");
        book.get("sixty headers", "/plain", headers(60));
        book.get("content type on GET", "/plain", "Content-Type: nonsense");
        book.get("user agent and referer", "/plain", "User-Agent: x", "Referer: http://y/");
    }

    private static String[] headers(int count) {
        String[] headers = new String[count];
        for (int i = 0; i < count; i++) {
            headers[i] = "X-Header-" + i + ": value " + i;
        }
        return headers;
    }
}
