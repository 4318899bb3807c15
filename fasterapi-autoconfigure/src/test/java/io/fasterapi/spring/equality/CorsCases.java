package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.JSON;
import static io.fasterapi.spring.equality.RequestText.get;
import static io.fasterapi.spring.equality.RequestText.post;
import static io.fasterapi.spring.equality.RequestText.request;

import java.util.ArrayList;
import java.util.List;

/**
 * Requests from other origins and their preflights, to handlers of every kind, in turn with
 * requests without an origin. Where CORS is not configured they are ordinary requests, which must
 * be answered as such.
 */
final class CorsCases {

    private static final List<String> ORIGINS =
            List.of(
                    "https://friend.example",
                    "https://stranger.org",
                    "https://class.example",
                    "https://method.example",
                    "https://a.wild.example",
                    "HTTPS://FRIEND.EXAMPLE",
                    "https://friend.example:443",
                    "http://localhost",
                    "null",
                    "");

    private static final List<String> TARGETS =
            List.of(
                    "/json",
                    "/plain",
                    "/users/7",
                    "/users/me",
                    "/cors",
                    "/cross/class",
                    "/cross/method",
                    "/cross/pattern",
                    "/fn/hello",
                    "/hello.txt",
                    "/guarded/plain",
                    "/list",
                    "/mono",
                    "/flux",
                    "/users/x",
                    "/fail/status",
                    "/own-names",
                    "/nothing-here");

    private static final String ASKS = "Access-Control-Request-Method: ";
    private static final String ASKS_HEADERS = "Access-Control-Request-Headers: ";
    private static final String FRIEND = "Origin: https://friend.example";

    private CorsCases() {}

    static void addTo(CaseBook book) {
        for (String target : TARGETS) {
            List<String> requests = new ArrayList<>();
            for (String origin : ORIGINS) {
                requests.add(get(target, "Origin: " + origin));
                requests.add(get(target));
                requests.add(request("OPTIONS", target, "Origin: " + origin, ASKS + "GET"));
            }
            inTurn(book, "origins, " + target, requests);
        }
        for (String target : List.of("/point", "/cross/class", "/guarded/echo")) {
            List<String> requests = new ArrayList<>();
            for (String origin : ORIGINS) {
                requests.add(post(target, JSON, "{\"x\":1}", "Origin: " + origin));
                requests.add(post(target, JSON, "{\"x\":", "Origin: " + origin));
            }
            inTurn(book, "origins, POST " + target, requests);
        }
        preflights(book);
        others(book);
    }

    private static void preflights(CaseBook book) {
        for (String target : List.of("/json", "/point", "/cross/pattern", "/users/7")) {
            List<String> requests = new ArrayList<>();
            for (String method : List.of("POST", "PUT", "DELETE", "HEAD", "FOO", "get", "")) {
                requests.add(request("OPTIONS", target, FRIEND, ASKS + method));
            }
            for (String asked : List.of("X-Custom", "x-custom, content-type", "X-Other", "", ",")) {
                String headers = ASKS_HEADERS + asked;
                requests.add(request("OPTIONS", target, FRIEND, ASKS + "GET", headers));
            }
            inTurn(book, "preflights, " + target, requests);
        }
        book.method("preflight without origin", "OPTIONS", "/json", ASKS + "GET");
        book.method("preflight by GET", "GET", "/json", FRIEND, ASKS + "GET");
        book.method(
                "preflight of a private network",
                "OPTIONS",
                "/users/7",
                FRIEND,
                ASKS + "GET",
                "Access-Control-Request-Private-Network: true");
    }

    private static void others(CaseBook book) {
        book.method("origin, HEAD", "HEAD", "/json", FRIEND);
        book.method("origin, DELETE", "DELETE", "/points/1", FRIEND);
        book.get("origin twice", "/json", FRIEND, "Origin: null");
        book.get("origin of the same host", "/json", "Origin: http://localhost:80");
    }

    private static void inTurn(CaseBook book, String name, List<String> requests) {
        EqualityCase turns = book.add(name);
        boolean late = LateAnswers.isLate(requests.get(0));
        RepeatedCases.inTurn(turns, requests, late);
        if (late) {
            turns.withoutProbe();
        }
    }
}
