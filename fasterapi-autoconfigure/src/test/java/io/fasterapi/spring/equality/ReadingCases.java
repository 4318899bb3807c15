package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.JSON;
import static io.fasterapi.spring.equality.RequestText.NL;
import static io.fasterapi.spring.equality.RequestText.TEXT;
import static io.fasterapi.spring.equality.RequestText.chunk;
import static io.fasterapi.spring.equality.RequestText.head;
import static io.fasterapi.spring.equality.RequestText.request;
import static io.fasterapi.spring.equality.RequestText.withBody;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Every method that reads a body, with the body that it wants and with all those that it does not
 * want, each thrice.
 */
final class ReadingCases {

    private static final String POINT = "{\"x\":1,\"y\":2,\"label\":\"a\"}";
    private static final String SIGNUP = "{\"name\":\"n\",\"age\":18,\"code\":\"ab\"}";
    private static final String TOO_YOUNG = "{\"name\":\"n\",\"age\":17,\"code\":\"ab\"}";

    /**
     * Methods that are given a publisher of their body. One over the limit is released twice by
     * Spring's discard hooks; what stock does then depends on how far the connection was read.
     */
    private static final Set<String> PUBLISHED =
            Set.of(
                    "/mono-body",
                    "/flux-body",
                    "/valid-mono",
                    "/read/mono-list",
                    "/read/mono-text",
                    "/read/mono-bytes",
                    "/read/mono-recovers",
                    "/read/mono-optional",
                    "/read/flux-text",
                    "/read/entity-mono");

    private ReadingCases() {}

    static void addTo(CaseBook book) {
        wanted().forEach((target, body) -> all(book, "POST", target, body));
        all(book, "PUT", "/read/all/7?n=2", POINT);
        all(book, "PUT", "/points/3", POINT);
        all(book, "PATCH", "/points/3", "{\"label\":\"l\"}");
        all(book, "DELETE", "/read/deleted", "[1,2]");
        all(book, "GET", "/read/by-get", "\"text\"");
        invalid(book);
    }

    /** By target: a body that is right there. */
    private static Map<String, String> wanted() {
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put("/echo", "\"text\"");
        wanted.put("/echo-bytes", "bytes");
        wanted.put("/point", POINT);
        wanted.put("/person", "{\"name\":\"n\",\"age\":3}");
        wanted.put("/points", "[" + POINT + "," + POINT + "]");
        wanted.put("/map", "{\"a\":[1,null]}");
        wanted.put("/maybe", POINT);
        wanted.put("/mono-body", POINT);
        wanted.put("/flux-body", "[" + POINT + "]");
        wanted.put("/http-entity", POINT);
        wanted.put("/valid", SIGNUP);
        wanted.put("/valid-mono", SIGNUP);
        wanted.put("/only-json", POINT);
        wanted.put("/read/array", "[" + POINT + "," + POINT + "]");
        wanted.put("/read/set", "[\"LOW\",\"HIGH\",\"LOW\"]");
        wanted.put("/read/tree", "{\"a\":{\"b\":[1.50,true]}}");
        wanted.put("/read/map-of-points", "{\"p\":" + POINT + "}");
        wanted.put("/read/number", "41");
        wanted.put("/read/level", "\"HIGH\"");
        wanted.put("/read/mono-list", "[" + POINT + "]");
        wanted.put("/read/mono-text", "\"text\"");
        wanted.put("/read/mono-bytes", "bytes");
        wanted.put("/read/mono-recovers", POINT);
        wanted.put("/read/mono-optional", POINT);
        wanted.put("/read/mono-unread", POINT);
        wanted.put("/read/flux-text", "\"text\"");
        wanted.put("/read/stage", POINT);
        wanted.put("/read/data-buffer", "bytes");
        wanted.put("/read/byte-buffer", "bytes");
        wanted.put("/read/optional-text", "text");
        wanted.put("/read/optional-bytes", "text");
        wanted.put("/read/request-entity", POINT);
        wanted.put("/read/entity-mono", POINT);
        wanted.put("/read/void", POINT);
        wanted.put("/read/void-created", POINT);
        wanted.put("/read/valid-list", "[" + SIGNUP + "]");
        wanted.put("/read/valid-nested", "{\"first\":" + SIGNUP + "}");
        wanted.put("/read/valid-later", "{\"n\":10}");
        wanted.put("/read/valid-plain", "{\"n\":5}");
        wanted.put("/read/valid-method/2", SIGNUP);
        wantedDocuments(wanted);
        wanted.put("/advised/body", POINT);
        return wanted;
    }

    private static void wantedDocuments(Map<String, String> wanted) {
        wanted.put("/doc/profile", "{\"name\":\"n\",\"email\":\"hidden\"}");
        wanted.put("/doc/page", "{\"items\":[" + POINT + "],\"total\":9}");
        wanted.put("/doc/shape", "{\"kind\":\"square\",\"side\":2,\"level\":\"LOW\"}");
        wanted.put(
                "/doc/annotated",
                "{\"the-name\":\"n\",\"time\":\"2026/11/21 07:08\",\"missing\":null}");
    }

    private static void all(CaseBook book, String method, String target, String right) {
        List<String> requests = new ArrayList<>();
        Sender sender = new Sender(requests, method, target);
        sender.send(JSON, right);
        sender.send(JSON, right, "Accept: text/plain");
        sender.send(JSON, right, "Accept: application/x-nothing");
        sender.send("application/json;charset=UTF-8", right);
        sender.send(TEXT, right);
        sender.send("nonsense", right);
        sender.send(JSON, "");
        sender.send(JSON, "null");
        sender.send(JSON, right.substring(0, right.length() - 1));
        sender.send(JSON, "[[\"list\"]]");
        sender.send(JSON, "{\"x\":\"one\",\"name\":{},\"first\":3}");
        if (!PUBLISHED.contains(target)) {
            sender.send(JSON, "\"" + "x".repeat(20_000) + "\"");
        }
        requests.add(request(method, target, token()));
        requests.add(request(method, target, token(), length(right)) + right);
        sender.chunks(right);
        play(book.add("reading, " + method + " " + target), requests, target);
    }

    /**
     * Some of Spring's discard hooks release a body of Flux twice. In a pipeline, whose bodies
     * share a buffer, what then becomes of the next request depends on how far it was read.
     */
    private static void play(EqualityCase turns, List<String> requests, String target) {
        boolean late = target.equals("/map"); // a filter takes a moment for it, see LateAnswers
        if (late || target.startsWith("/flux-")) {
            RepeatedCases.inTurn(turns, requests, late);
            RepeatedCases.inTurn(turns, requests, late);
            if (late) {
                turns.withoutProbe();
            }
        } else {
            RepeatedCases.thrice(turns, requests, false);
        }
    }

    private static void invalid(CaseBook book) {
        invalid(book, "/valid", TOO_YOUNG);
        invalid(book, "/valid-mono", TOO_YOUNG);
        invalid(book, "/read/valid-list", "[" + SIGNUP + "," + TOO_YOUNG + "]");
        invalid(book, "/read/valid-list", "[]");
        invalid(book, "/read/valid-nested", "{\"first\":" + TOO_YOUNG + "}");
        invalid(book, "/read/valid-nested", "{}");
        invalid(book, "/read/valid-later", "{\"n\":9}");
        invalid(book, "/read/valid-plain", "{\"n\":4}");
        invalid(book, "/read/valid-method/1", SIGNUP);
        invalid(book, "/read/valid-method/2", TOO_YOUNG);
        invalid(book, "/read/valid-method/x", SIGNUP);
        invalid(book, "/doc/shape", "{\"kind\":\"triangle\"}");
        invalid(book, "/doc/shape", "{\"radius\":1}");
        book.add("invalid /read/all, no token")
                .requests(withBody("PUT", "/read/all/7", JSON, POINT));
        book.add("invalid /read/all, no number")
                .requests(withBody("PUT", "/read/all/x", JSON, POINT, token()));
        book.add("invalid /read/all, no number, no body")
                .requests(withBody("PUT", "/read/all/x?n=y", JSON, ""));
    }

    private static void invalid(CaseBook book, String target, String body) {
        book.body("invalid " + target + " " + body, target, JSON, body);
    }

    private static String token() {
        return "X-Token: t";
    }

    private static String length(String body) {
        return "Content-Length: " + body.length();
    }

    private record Sender(List<String> requests, String method, String target) {

        private void send(String type, String body, String... headers) {
            String[] all = new String[headers.length + 1];
            System.arraycopy(headers, 0, all, 1, headers.length);
            all[0] = token();
            requests.add(withBody(method, target, type, body, all));
        }

        private void chunks(String body) {
            String head =
                    head(
                            method + " " + target + " HTTP/1.1",
                            "Host: localhost",
                            token(),
                            "Content-Type: application/json",
                            "Transfer-Encoding: chunked");
            int half = body.length() / 2;
            String chunks = chunk(body.substring(0, half)) + chunk(body.substring(half));
            requests.add(head + NL + chunks + "0" + NL + NL);
        }
    }
}
