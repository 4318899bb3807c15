package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.JSON;
import static io.fasterapi.spring.equality.RequestText.NL;
import static io.fasterapi.spring.equality.RequestText.TEXT;
import static io.fasterapi.spring.equality.RequestText.chunk;
import static io.fasterapi.spring.equality.RequestText.chunked;
import static io.fasterapi.spring.equality.RequestText.chunkedHead;
import static io.fasterapi.spring.equality.RequestText.get;
import static io.fasterapi.spring.equality.RequestText.head;
import static io.fasterapi.spring.equality.RequestText.post;

/** How bodies are framed, and how requests arrive: chunks, lengths, pieces, half-closed. */
final class FramingCases {

    private static final String LAST = "0" + NL + NL;

    private FramingCases() {}

    static void addTo(CaseBook book) {
        chunks(book);
        brokenChunks(book);
        lengths(book);
        pieces(book);
        cut(book);
    }

    private static void chunks(CaseBook book) {
        String head = chunkedHead("/echo", TEXT);
        book.add("chunked").requests(chunked("/echo", TEXT, "one", "two"));
        book.add("chunked, empty").requests(chunked("/echo", TEXT));
        book.add("chunked json").requests(chunked("/point", JSON, "{\"x\"", ":1}"));
        book.add("chunked, ignored").requests(chunked("/ignore", TEXT, "one", "two"));
        book.add("chunked, copied").requests(chunked("/copy", TEXT, "one", "two"));
        book.add("chunked, missing path").requests(chunked("/nothing-here", TEXT, "one"));
        book.add("chunked, over the limit").requests(chunked("/echo", TEXT, "x".repeat(20_000)));
        book.add("chunked, upper-case size").requests(head + "A" + NL + "0123456789" + NL + LAST);
        book.add("chunked, leading zeros").requests(head + "0003" + NL + "abc" + NL + LAST);
        book.add("chunk extension").requests(head + "3;a=b;c" + NL + "abc" + NL + LAST);
        book.add("trailers").requests(head + chunk("abc") + "0" + NL + "X-Last: 1" + NL + NL);
        book.add("trailer that counts")
                .requests(head + chunk("abc") + "0" + NL + "Content-Length: 7" + NL + NL);
        book.add("chunked, twice on a connection")
                .requests(chunked("/echo", TEXT, "one"))
                .await(1)
                .requests(chunked("/echo", TEXT, "two"));
        book.add("coding in upper case")
                .requests(head.replace("chunked", "CHUNKED") + chunk("abc") + LAST);
        book.add("chunked by GET")
                .requests(
                        head("GET /plain HTTP/1.1", "Host: localhost", "Transfer-Encoding: chunked")
                                + (NL + chunk("abc") + LAST));
    }

    private static void brokenChunks(CaseBook book) {
        String head = chunkedHead("/echo", TEXT);
        book.add("chunk size no number").requests(head + "xyz" + NL + "abc" + NL + LAST);
        book.add("chunk size negative").requests(head + "-3" + NL + "abc" + NL + LAST);
        book.add("chunk size too large").requests(head + "fffffffff" + NL + "abc" + NL + LAST);
        book.add("chunk size empty").requests(head + NL + "abc" + NL + LAST);
        book.add("chunk without end").requests(head + "3" + NL + "abcdef" + NL + LAST);
        book.add("chunk size broken, ignored")
                .requests(chunkedHead("/ignore", TEXT))
                .await(1)
                .bytes("xyz" + NL + "abc" + NL + LAST)
                .expect(2);
        book.add("chunk size broken in the second")
                .requests(head + chunk("abc") + "q" + NL + "abc" + NL);
        book.add("trailer malformed")
                .requests(head + chunk("abc") + "0" + NL + "nocolon" + NL + NL);
        book.add("coding unknown").requests(head.replace("chunked", "nonsense") + "abc" + NL + NL);
        book.add("coding identity").requests(head.replace("chunked", "identity"));
        book.add("coding gzip, chunked")
                .requests(head.replace("chunked", "gzip, chunked") + chunk("abc") + LAST);
        book.add("coding chunked, gzip")
                .requests(head.replace("chunked", "chunked, gzip") + chunk("abc") + LAST);
    }

    private static void lengths(CaseBook book) {
        length(book, "length and coding", "abc", "Content-Length: 3", "Transfer-Encoding: chunked");
        length(book, "length twice, same", "abc", "Content-Length: 3", "Content-Length: 3");
        length(book, "length twice, different", "abc", "Content-Length: 3", "Content-Length: 4");
        length(book, "length list, same", "abc", "Content-Length: 3, 3");
        length(book, "length list, different", "abc", "Content-Length: 3, 4");
        length(book, "length negative", "abc", "Content-Length: -3");
        length(book, "length no number", "abc", "Content-Length: three");
        length(book, "length with sign", "abc", "Content-Length: +3");
        length(book, "length with zeros", "abc", "Content-Length: 003");
        length(book, "length too large for a long", "abc", "Content-Length: 99999999999999999999");
        length(book, "length empty", "abc", "Content-Length:");
        length(book, "length with spaces", "abc", "Content-Length:  3 ");
        length(book, "length too small", "abcdef" + NL + NL, "Content-Length: 3");
        book.body("body that looks like a request", "/echo", TEXT, get("/json"));
    }

    private static void length(CaseBook book, String name, String body, String... lengths) {
        String head = head("POST /echo HTTP/1.1", "Host: localhost", lengths);
        book.add(name).requests(head + "Content-Type: text/plain" + NL + NL + body);
    }

    private static void pieces(CaseBook book) {
        String get = get("/json", "X-Some: header");
        book.add("request line in two pieces")
                .bytes(get.substring(0, 7))
                .bytes(get.substring(7))
                .expect(1);
        book.add("header in two pieces")
                .bytes(get.substring(0, 40))
                .bytes(get.substring(40))
                .expect(1);
        book.add("empty line in two pieces")
                .bytes(get.substring(0, get.length() - 1))
                .bytes("\n")
                .expect(1);
        EqualityCase bytewise = book.add("byte by byte").expect(1);
        get("/plain").chars().forEach(c -> bytewise.bytes(String.valueOf((char) c)));
        String post = post("/point", JSON, "{\"x\":1}");
        book.add("body in its own piece")
                .bytes(post.substring(0, post.length() - 7))
                .bytes(post.substring(post.length() - 7))
                .expect(1);
        book.add("body in two pieces")
                .bytes(post.substring(0, post.length() - 3))
                .bytes(post.substring(post.length() - 3))
                .expect(1);
        book.add("two requests, cut in the second")
                .bytes(get + get.substring(0, 10))
                .bytes(get.substring(10))
                .expect(2);
        book.add("chunks in pieces")
                .bytes(chunkedHead("/echo", TEXT) + "3")
                .bytes(NL + "ab")
                .bytes("c" + NL + "0")
                .bytes(NL + NL)
                .expect(1);
        book.add("body after an answer to its half")
                .bytes(post.substring(0, post.length() - 3).replace("/point", "/ignore"))
                .await(1)
                .bytes(post.substring(post.length() - 3))
                .expect(1);
    }

    private static void cut(CaseBook book) {
        String post = post("/echo", TEXT, "body");
        book.add("nothing at all, half-closed").halfClose();
        book.add("request line cut, half-closed").bytes("GET /js").halfClose();
        book.add("head cut, half-closed").bytes("GET /json HTTP/1.1" + NL + "Ho").halfClose();
        book.add("body cut, half-closed").bytes(post.substring(0, post.length() - 2)).halfClose();
        book.add("chunk cut, half-closed")
                .bytes(chunkedHead("/echo", TEXT) + "5" + NL + "ab")
                .halfClose();
        book.add("answer read, then half-closed").requests(get("/json")).await(1).halfClose();
    }
}
