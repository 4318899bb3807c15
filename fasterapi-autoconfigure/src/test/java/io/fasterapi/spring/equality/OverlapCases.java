package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.FORM;
import static io.fasterapi.spring.equality.RequestText.JSON;
import static io.fasterapi.spring.equality.RequestText.TEXT;

import java.util.List;

/** Which of several handlers gets the request: overlapping patterns, conditions, routes. */
final class OverlapCases {

    private static final List<String> PATHS =
            List.of(
                    "abc",
                    "fixed",
                    "fixed/",
                    "Fixed",
                    "fixe%64",
                    "fixed;x=y",
                    "posted",
                    "a/x",
                    "a/y",
                    "b/x",
                    "b/y",
                    "b/x/",
                    "%61/x",
                    "a%2Fx",
                    "a//x",
                    "7",
                    "007",
                    "7a",
                    "num-7",
                    "num-",
                    "x.html",
                    ".html",
                    "x.htm",
                    "one",
                    "ope",
                    "ooe",
                    "o%6Ee",
                    "oe",
                    "deep",
                    "deep/",
                    "deep/a/b",
                    "deep/down",
                    "deep/down/x",
                    "deep/down/x/y",
                    "deep/down/",
                    "both",
                    "both/",
                    "both//",
                    "two",
                    "three/1",
                    "three",
                    "file.txt",
                    "plain.css",
                    "",
                    "a/b/c");

    private OverlapCases() {}

    static void addTo(CaseBook book) {
        patterns(book);
        methods(book);
        functional(book);
        paramsAndHeaders(book);
        consumes(book);
        produces(book);
    }

    private static void patterns(CaseBook book) {
        for (String path : PATHS) {
            book.get("overlap /over/" + path, "/over/" + path);
        }
        book.get("overlap /over", "/over");
    }

    private static void methods(CaseBook book) {
        for (String method : List.of("POST", "DELETE", "PUT", "PATCH", "HEAD", "OPTIONS")) {
            for (String path :
                    List.of("fixed", "posted", "a/x", "methods", "head", "options", "file.txt")) {
                book.method("overlap " + method + " /over/" + path, method, "/over/" + path);
            }
        }
        book.get("overlap GET of HEAD only", "/over/head");
        book.get("overlap GET of OPTIONS only", "/over/options");
    }

    private static void functional(CaseBook book) {
        for (String path :
                List.of(
                        "/over/routed",
                        "/over/routed/",
                        "/over/routed-if",
                        "/over/routed-rest",
                        "/over/routed-rest/here",
                        "/over/routed-rest/here/",
                        "/fn2/7",
                        "/fn2/seven",
                        "/fn2/se%20ven",
                        "/fn2/page/x",
                        "/fn2/sse/x",
                        "/fn2/entity/x",
                        "/fn2/filtered/x",
                        "/fn2-query?a=1",
                        "/fn2-query?a=2",
                        "/fn2-query")) {
            book.get("route " + path, path);
        }
        book.get("route, header condition met", "/over/routed-if", "X-Route: 1");
        book.get("route, refused by its filter", "/fn2/filtered/x", "X-Refuse: 1");
        book.get("route, html", "/fn2/page/x", "Accept: text/html");
        book.get("route, no html", "/fn2/page/x", "Accept: application/json");
        book.get("route, etag", "/fn2/entity/x", "If-None-Match: \"e1\"");
        book.method("route, annotated by POST", "POST", "/over/routed", "Content-Length: 0");
        book.method("route, HEAD", "HEAD", "/over/routed");
        book.method("route, OPTIONS", "OPTIONS", "/over/routed");
        book.body("route, content type", "/fn2/typed", JSON, "{}");
        book.body("route, other content type", "/fn2/typed", TEXT, "x");
    }

    private static void paramsAndHeaders(CaseBook book) {
        for (String query :
                List.of("", "?a", "?a=1", "?a=2", "?a=1&b", "?b", "?a=1&a=2", "?A=1", "?%61=1")) {
            book.get("condition param " + query, "/cond/param" + query);
        }
        book.get("condition header one", "/cond/header", "X-Kind: one");
        book.get("condition header other", "/cond/header", "X-Kind: two");
        book.get("condition header, case", "/cond/header", "x-kind: ONE");
        book.get("condition header none", "/cond/header");
        book.get("condition header only", "/cond/header-only", "X-Kind: any");
        book.get("condition header only, none", "/cond/header-only");
        book.method("condition header only, POST", "POST", "/cond/header-only", "X-Kind: any");
    }

    private static void consumes(CaseBook book) {
        for (String path : List.of("consumes", "consumes-not", "consumes-any")) {
            String target = "/cond/" + path;
            for (String type :
                    List.of(
                            JSON,
                            TEXT,
                            FORM,
                            "text/plain;charset=UTF-8",
                            "text/csv",
                            "application/vnd.me+json",
                            "text",
                            "*/*")) {
                book.body("condition " + path + ", " + type, target, type, "{\"x\":1}");
            }
            book.method("condition " + path + ", no type", "POST", target, "Content-Length: 0");
            book.method("condition " + path + ", GET", "GET", target);
        }
    }

    private static void produces(CaseBook book) {
        for (String path : List.of("", "-two", "-charset", "-string", "-text", "-any", "-not")) {
            String target = "/cond/produces" + path;
            for (String accept :
                    List.of(
                            JSON,
                            "application/vnd.me+json",
                            "application/*",
                            "text/*",
                            "text/html",
                            "text/html;q=0.1, application/json;q=0.2",
                            "image/png",
                            "application/json;charset=ISO-8859-1")) {
                book.get(
                        "condition produces" + path + " for " + accept,
                        target,
                        "Accept: " + accept);
            }
            book.get("condition produces" + path, target);
        }
    }
}
