package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.JSON;
import static io.fasterapi.spring.equality.RequestText.TEXT;
import static io.fasterapi.spring.equality.RequestText.post;
import static io.fasterapi.spring.equality.RequestText.request;
import static io.fasterapi.spring.equality.RequestText.utf8;
import static io.fasterapi.spring.equality.RequestText.withBody;

import java.util.List;

/** Bodies that handlers read, refuse, or leave alone. */
final class BodyCases {

    private static final String POINT = "{\"x\":1,\"y\":2,\"label\":\"a\"}";
    private static final String OVER_LIMIT = "x".repeat(20_000);

    private BodyCases() {}

    static void addTo(CaseBook book) {
        text(book);
        json(book);
        badJson(book);
        validation(book);
        otherMethods(book);
        unread(book);
        copies(book);
    }

    private static void text(CaseBook book) {
        book.body("text", "/echo", TEXT, "hello");
        book.body("text, UTF-8", "/echo", "text/plain;charset=UTF-8", utf8("Grüße, 世界"));
        book.body("text, latin", "/echo", "text/plain;charset=ISO-8859-1", "Gr\u00fc\u00dfe");
        book.body("text, unknown charset", "/echo", "text/plain;charset=nonsense", "x");
        book.body("text, empty", "/echo", TEXT, "");
        book.body("text as json", "/echo", JSON, POINT);
        book.body("text, malformed type", "/echo", "nonsense", "x");
        book.body("text, over the limit", "/echo", TEXT, OVER_LIMIT);
        book.body("text, just under the limit", "/echo", TEXT, "x".repeat(16_384));
        book.body("bytes", "/echo-bytes", "application/octet-stream", "\0\1\u00ff");
        book.body("bytes, over the limit", "/echo-bytes", "application/octet-stream", OVER_LIMIT);
        book.body("http entity", "/http-entity", TEXT, "entity");
        book.add("text, no type, no length").requests(request("POST", "/echo"));
        book.add("text, no type")
                .requests(request("POST", "/echo", "Content-Length: 2").concat("ab"));
        book.add("http entity, nothing")
                .requests(request("POST", "/http-entity", "Content-Length: 0"));
    }

    private static void json(CaseBook book) {
        book.body("json record", "/point", JSON, POINT);
        book.body("json bean", "/person", JSON, "{\"name\":\"n\",\"age\":3,\"secret\":\"s\"}");
        book.body("json bean, defaults", "/person", JSON, "{}");
        book.body("json collection", "/points", JSON, "[" + POINT + "," + POINT + "]");
        book.body("json collection, one", "/points", JSON, POINT);
        book.body("json map", "/map", JSON, "{\"b\":[1,{\"c\":null}],\"a\":1.50}");
        book.body("json mono", "/mono-body", JSON, POINT);
        book.body("json flux", "/flux-body", JSON, "[" + POINT + "," + POINT + "]");
        book.body("ndjson flux", "/flux-body", "application/x-ndjson", POINT + "\n" + POINT + "\n");
        book.body("json flux echo", "/flux-echo", JSON, "[" + POINT + "," + POINT + "]");
        book.body("json with white space", "/point", JSON, "\n {\"x\" : 1 }\n ");
        book.body("json, unknown property", "/point", JSON, "{\"x\":1,\"z\":{\"q\":[]}}");
        book.body("json, number as text", "/point", JSON, "{\"x\":\"1\",\"y\":2.0}");
        book.body("json with charset", "/point", "application/json; charset=utf-8", POINT);
        book.body("json dialect", "/point", "application/vnd.me+json", POINT);
        book.body("json, UTF-8", "/point", JSON, utf8("{\"label\":\"世\\u0041\\ud83c\\udf0d\"}"));
        book.body(
                "json order",
                "/order",
                JSON,
                "{\"id\":1,\"total\":12.50,\"day\":\"2026-11-21\",\"level\":\"LOW\",\"points\":["
                        + POINT
                        + "],\"extra\":{}}");
        book.body("json, only", "/only-json", JSON, POINT);
        book.body("optional json", "/maybe", JSON, POINT);
        book.add("optional json, none").requests(request("POST", "/maybe"));
        book.body("optional json, empty", "/maybe", JSON, "");
    }

    private static void badJson(CaseBook book) {
        for (String body :
                List.of(
                        "{\"x\":",
                        "nonsense",
                        "[]",
                        "null",
                        "",
                        "{\"x\":\"one\"}",
                        "{} trailing",
                        "{\"x\":1}{\"x\":2}",
                        "{\"x\":1,}",
                        "{\"x\":99999999999}",
                        "\"text\"")) {
            book.body("bad json <" + body + ">", "/point", JSON, body);
        }
        book.body("bad json in a mono", "/mono-body", JSON, "{\"x\":");
        book.body("bad json in a flux", "/flux-echo", JSON, "[" + POINT + ",{");
        book.body("bad json, broken UTF-8", "/point", JSON, "{\"label\":\"\u00c3\"}");
        book.body("bad json, enum", "/order", JSON, "{\"level\":\"MIDDLE\"}");
        book.body("bad json, for html", "/point", JSON, "{", "Accept: text/html");
        book.body("json over the limit", "/point", JSON, "{\"label\":\"" + OVER_LIMIT + "\"}");
        book.body("json as text", "/point", TEXT, POINT);
        book.body("json as xml", "/point", "application/xml", "<x/>");
        book.body("json, malformed type", "/point", "nonsense", POINT);
        book.body("json, only, as text", "/only-json", TEXT, POINT);
        book.add("json, no type")
                .requests(request("POST", "/point", "Content-Length: 7") + "{\"x\":1}");
    }

    private static void validation(CaseBook book) {
        book.body("valid", "/valid", JSON, "{\"name\":\"n\",\"age\":18,\"code\":\"ab\"}");
        book.body("invalid, one", "/valid", JSON, "{\"name\":\"n\",\"age\":17,\"code\":\"ab\"}");
        book.body("invalid mono", "/valid-mono", JSON, "{\"name\":\"\",\"age\":20}");
        book.body("valid mono", "/valid-mono", JSON, "{\"name\":\"n\",\"age\":20}");
    }

    private static void otherMethods(CaseBook book) {
        book.add("put").requests(withBody("PUT", "/points/3", JSON, POINT));
        book.add("patch").requests(withBody("PATCH", "/points/3", JSON, "{\"label\":\"l\"}"));
        book.add("delete").requests(request("DELETE", "/points/3"));
        book.add("delete with body").requests(withBody("DELETE", "/points/3", JSON, POINT));
        book.add("delete, no number").requests(request("DELETE", "/points/x"));
        book.add("get with body").requests(withBody("GET", "/plain", TEXT, "body"));
        book.add("head with body").requests(withBody("HEAD", "/plain", TEXT, "body"));
        book.add("put to a POST mapping").requests(withBody("PUT", "/echo", TEXT, "body"));
        book.add("body to nowhere").requests(post("/nothing-here", TEXT, "body"));
    }

    private static void unread(CaseBook book) {
        book.body("body ignored", "/ignore", TEXT, "ignored");
        book.body("body ignored, large", "/ignore", TEXT, "x".repeat(100_000));
        book.body("answered before reading", "/answer-first", TEXT, "late");
        book.body("answered before reading, nothing", "/answer-first", TEXT, "");
        book.add("body ignored, then the next")
                .requests(post("/ignore", TEXT, "ignored"))
                .await(1)
                .requests(post("/echo", TEXT, "read"));
    }

    private static void copies(CaseBook book) {
        book.body("copy", "/copy", "application/octet-stream", "copied");
        book.body("copy, large", "/copy", "application/octet-stream", "0123456789".repeat(20_000));
        book.body("copy, empty", "/copy", "application/octet-stream", "");
        book.body("copy by exchange", "/copy-exchange", TEXT, "copied");
        book.body("count", "/count", TEXT, "counted");
        book.body("count, large", "/count", TEXT, "x".repeat(200_000));
        book.body("count, empty", "/count", TEXT, "");
    }
}
