package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.JSON;
import static io.fasterapi.spring.equality.RequestText.NL;
import static io.fasterapi.spring.equality.RequestText.TEXT;
import static io.fasterapi.spring.equality.RequestText.chunked;
import static io.fasterapi.spring.equality.RequestText.get;
import static io.fasterapi.spring.equality.RequestText.post;
import static io.fasterapi.spring.equality.RequestText.request;

import java.util.Arrays;

/** Several requests on one connection, in one write or one after the other. */
final class PipelineCases {

    private static final String BYE = get("/json", "Connection: close");

    private static final String POINT = "{\"x\":1,\"y\":2}";

    private PipelineCases() {}

    static void addTo(CaseBook book) {
        orders(book);
        mixed(book);
        ends(book);
        sequences(book);
    }

    private static void orders(CaseBook book) {
        book.add("pipeline of 2").requests(get("/plain"), get("/json"));
        book.add("pipeline of 3").requests(get("/plain"), get("/json"), get("/users/3"));
        book.add("pipeline of 16, same").requests(times(16, get("/plain")));
        book.add("pipeline of 40, same").requests(times(40, get("/json")));
        late(book, "pipeline, slow first").requests(get("/delayed/30"), get("/json"));
        late(book, "pipeline, slow in the middle")
                .requests(get("/json"), get("/delayed/30"), get("/plain"), get("/json"));
        late(book, "pipeline, slow and slower")
                .requests(get("/delayed/30"), get("/delayed/10"), get("/delayed/1"), get("/json"));
        late(book, "pipeline, other thread first")
                .requests(get("/elsewhere"), get("/plain"), get("/json"));
        late(book, "pipeline, stage first")
                .requests(get("/stage"), get("/plain"), get("/stage"), get("/json"));
        late(book, "pipeline, stream first")
                .requests(get("/ndjson-delayed"), get("/json"), get("/sse"), get("/json"));
        book.add("pipeline, large first").requests(get("/large"), get("/json"), get("/large"));
        book.add("pipeline, HEAD and GET")
                .requests(request("HEAD", "/plain"), get("/plain"), request("HEAD", "/json"));
        book.add("pipeline, no bodies")
                .requests(get("/status/204"), get("/status/304"), get("/void"), get("/plain"));
    }

    private static void mixed(CaseBook book) {
        late(book, "pipeline of 16, mixed")
                .requests(
                        get("/plain"),
                        post("/point", JSON, POINT),
                        get("/delayed/20"),
                        get("/json"),
                        chunked("/echo", TEXT, "a", "b"),
                        get("/nothing-here"),
                        request("HEAD", "/json"),
                        post("/ignore", TEXT, "ignored"),
                        get("/ndjson"),
                        get("/fail/status"),
                        get("/hello.txt"),
                        request("OPTIONS", "/json"),
                        post("/copy", TEXT, "copied"),
                        get("/stage"),
                        request("DELETE", "/points/1"),
                        get("/users/16"));
        book.add("pipeline of posts")
                .requests(
                        post("/point", JSON, POINT),
                        post("/echo", TEXT, "two"),
                        post("/count", TEXT, "three"));
        book.add("pipeline, ignored bodies")
                .requests(
                        post("/ignore", TEXT, "one"),
                        chunked("/ignore", TEXT, "two"),
                        post("/echo", TEXT, "three"));
        book.add("pipeline, errors within")
                .requests(
                        get("/json"),
                        get("/fail/unhandled"),
                        post("/point", JSON, "{"),
                        get("/users/x"),
                        get("/fail/handled"),
                        get("/plain"));
        book.add("pipeline, failure after the first element")
                .requests(get("/plain"), get("/fails-later"), get("/json"));
    }

    private static void ends(CaseBook book) {
        book.add("pipeline, close last").requests(get("/plain"), BYE);
        book.add("pipeline, close first").requests(BYE, get("/plain")).expect(1);
        book.add("pipeline, close in the middle")
                .requests(get("/plain"), BYE, get("/json"), get("/plain"));
        book.add("pipeline, slow, then close").requests(get("/delayed/30"), BYE, get("/json"));
        book.add("pipeline, answer closes")
                .requests(get("/plain"), get("/connection-close"), get("/json"));
        book.add("pipeline, HTTP/1.0 in the middle")
                .requests(
                        get("/plain"),
                        "GET /json HTTP/1.0" + NL + "Host: localhost" + NL + NL,
                        get("/plain"));
        book.add("pipeline, malformed last").requests(get("/plain"), "nonsense" + NL + NL);
        book.add("pipeline, malformed after slow")
                .requests(get("/delayed/30"), "nonsense" + NL + NL);
        book.add("pipeline, malformed after another thread")
                .requests(get("/elsewhere"), "nonsense" + NL + NL);
        book.add("pipeline, other thread, then close")
                .requests(get("/elsewhere"), BYE, get("/json"));
        book.add("pipeline, other thread, then HTTP/1.0")
                .requests(
                        get("/elsewhere"),
                        "GET /json HTTP/1.0" + NL + "Host: localhost" + NL + NL,
                        get("/plain"));
        late(book, "pipeline, failures, then close")
                .requests(get("/fail/handled"), get("/fail/handled"), BYE, get("/json"));
        late(book, "pipeline, bad arguments, then close")
                .requests(get("/users/x"), get("/users/x"), BYE, get("/json"));
        late(book, "pipeline, failures, then HTTP/1.0")
                .requests(
                        get("/fail/handled"),
                        get("/fail/unhandled"),
                        "GET /json HTTP/1.0" + NL + "Host: localhost" + NL + NL);
        late(book, "pipeline, late failures, then close")
                .requests(get("/fail/delayed"), get("/fail/delayed"), BYE, get("/json"));
        late(book, "pipeline, late failures, then malformed")
                .requests(get("/fail/delayed"), get("/fail/delayed"), "nonsense" + NL + NL);
        book.add("pipeline, malformed in the middle")
                .requests(
                        get("/plain"), "GET /json HTTP/1.1" + NL + "bad" + NL + NL, get("/plain"));
        book.add("pipeline, bad target in the middle")
                .requests(get("/plain"), get("/uri/%zz"), get("/json"));
        book.add("pipeline, then half-closed")
                .requests(get("/plain"), get("/json"))
                .await(2)
                .halfClose();
    }

    private static void sequences(CaseBook book) {
        EqualityCase alternating = book.add("sequence of 20");
        EqualityCase same = book.add("sequence of 200");
        for (int i = 1; i <= 20; i++) {
            alternating.requests(i % 2 == 0 ? get("/users/" + i) : post("/echo", TEXT, "" + i));
            alternating.await(i);
        }
        for (int i = 1; i <= 200; i++) {
            same.requests(get("/plain")).await(i);
        }
        EqualityCase kinds = late(book, "sequence of kinds");
        String[] paths = {"/json", "/ndjson", "/void", "/fn/hello", "/flux", "/hello.txt"};
        for (int i = 0; i < paths.length; i++) {
            kinds.requests(get(paths[i])).await(i + 1);
        }
    }

    /**
     * A pipeline in which an answer comes late. Stock may leave such a connection unread afterwards
     * (HttpTrafficHandler drains its queue by two tasks, neither of which then reads), so that a
     * probe would have to go unanswered on both sides: none is sent.
     */
    private static EqualityCase late(CaseBook book, String name) {
        return book.add(name).withoutProbe();
    }

    private static String[] times(int count, String request) {
        String[] requests = new String[count];
        Arrays.fill(requests, request);
        return requests;
    }
}
