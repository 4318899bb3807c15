package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.NL;
import static io.fasterapi.spring.equality.RequestText.get;
import static io.fasterapi.spring.equality.RequestText.head;

/** Request lines and headers that are no HTTP, or too much of it. */
final class MalformedCases {

    private static final String HOST = "Host: localhost" + NL;

    private MalformedCases() {}

    static void addTo(CaseBook book) {
        requestLines(book);
        emptyLines(book);
        headers(book);
        sizes(book);
    }

    private static void requestLines(CaseBook book) {
        book.line("version missing", "GET /json");
        book.line("version malformed", "GET /json HTTP/x.y");
        book.line("version 2.0", "GET /json HTTP/2.0");
        book.line("version 1.2", "GET /json HTTP/1.2");
        book.line("version 0.9", "GET /json HTTP/0.9");
        book.line("version in lower case", "GET /json http/1.1");
        book.line("method only", "GET");
        book.line("words too many", "GET /json more HTTP/1.1");
        book.line("spaces too many", "GET   /json   HTTP/1.1");
        book.line("tabs for spaces", "GET\t/json\tHTTP/1.1");
        book.line("space first", " GET /json HTTP/1.1");
        book.line("space last", "GET /json HTTP/1.1 ");
        book.line("method with odd characters", "G(T /json HTTP/1.1");
        book.line("method very long", "X".repeat(100) + " /json HTTP/1.1");
        book.line("no HTTP at all", "hello");
        book.line("control character in the target", "GET /js\1on HTTP/1.1");
        book.line("NUL in the target", "GET /js\0on HTTP/1.1");
        book.add("TLS on a plain port").requests("\u0016\3\1\0\u00a5\1\0\0\u00a1\3\3\r\n\r\n");
    }

    private static void emptyLines(CaseBook book) {
        String get = get("/json");
        book.add("empty line before").requests(NL + get);
        book.add("empty lines before").requests(NL + NL + NL + get);
        book.add("line feeds before").requests("\n\n" + get);
        book.add("line feeds only").requests(get.replace("\r", ""));
        book.add("empty line between").requests(get + NL, get("/plain"));
        book.add("carriage return alone").bytes(get.replace("\n", "")).halfClose();
    }

    private static void headers(CaseBook book) {
        header(book, "header without colon", "nocolon");
        header(book, "header without name", ": value");
        header(book, "header with space before colon", "X-A : 1");
        header(book, "header with odd name", "X(A): 1");
        header(book, "header with space in name", "X A: 1");
        header(book, "header folded", "X-A: 1" + NL + " 2");
        header(book, "header folded by tab", "X-A: 1" + NL + "\t2");
        header(book, "header with NUL", "X-A: 1\0");
        header(book, "header with control character", "X-A: 1\1");
        header(book, "header with CR", "X-A: 1\r2");
        header(book, "header with DEL", "X-A: 1\u007f");
        header(book, "header with high bytes", "X-A: \u00ff");
        book.add("header folded first")
                .requests("GET /json HTTP/1.1" + NL + " folded: 1" + NL + HOST + NL);
    }

    private static void header(CaseBook book, String name, String header) {
        book.get(name, "/json", header);
    }

    private static void sizes(CaseBook book) {
        book.get("line too long", "/" + "x".repeat(5000));
        book.get("line just short enough", "/" + "x".repeat(4000));
        book.get("header too long", "/json", "X-Long: " + "x".repeat(9000));
        book.get("headers too long together", "/json", many(12, 800));
        book.add("header too long, no end of line")
                .bytes(head("GET /json HTTP/1.1", "Host: localhost") + "X: " + "x".repeat(9000))
                .expect(1);
        book.add("header too long in the second request")
                .requests(get("/json"))
                .await(1)
                .requests(get("/json", "X-Long: " + "x".repeat(9000)));
    }

    private static String[] many(int count, int length) {
        String[] headers = new String[count];
        for (int i = 0; i < count; i++) {
            headers[i] = "X-" + i + ": " + "x".repeat(length);
        }
        return headers;
    }
}
