package io.fasterapi.spring.equality;

import java.util.List;

/** What handlers return: values, publishers, entities, streams, functional routes, views. */
final class ResultCases {

    private ResultCases() {}

    static void addTo(CaseBook book) {
        values(book);
        publishers(book);
        streams(book);
        entities(book);
        statuses(book);
        functional(book);
        methods(book);
    }

    private static void values(CaseBook book) {
        for (String path :
                List.of(
                        "plain",
                        "unicode",
                        "json",
                        "bean",
                        "order",
                        "list",
                        "strings",
                        "empty-list",
                        "empty-string",
                        "map",
                        "optional",
                        "number",
                        "enum",
                        "tree",
                        "bytes",
                        "resource",
                        "void",
                        "latin",
                        "large",
                        "large-text")) {
            book.get("value " + path, "/" + path);
        }
        book.get("string as json", "/plain", "Accept: application/json");
        book.get("string as html", "/plain", "Accept: text/html");
        book.get("resource, range", "/resource", "Range: bytes=2-5");
        book.method("delete to void", "DELETE", "/void");
    }

    private static void publishers(CaseBook book) {
        for (String path :
                List.of(
                        "mono",
                        "mono-empty",
                        "mono-void",
                        "mono-entity",
                        "entity-mono",
                        "delayed/10",
                        "elsewhere",
                        "stage",
                        "flux",
                        "flux?n=0",
                        "flux?n=200",
                        "flux-text",
                        "flux-delayed")) {
            book.get("publisher " + path, "/" + path);
        }
    }

    private static void streams(CaseBook book) {
        for (String path :
                List.of(
                        "ndjson",
                        "ndjson-delayed",
                        "sse",
                        "sse-events",
                        "streamed",
                        "length",
                        "large-chunked")) {
            book.get("stream " + path, "/" + path);
        }
        book.get("flux as ndjson", "/flux", "Accept: application/x-ndjson");
        book.get("flux as sse", "/flux", "Accept: text/event-stream");
        book.get("flux of text as sse", "/flux-text", "Accept: text/event-stream");
        book.get("mono as sse", "/mono", "Accept: text/event-stream");
        book.get("stream fails after the first element", "/fails-later");
        book.get("stream fails before the first element", "/fails-first");
        book.get("stream fails behind the first element", "/fails-behind");
        book.get("events fail behind the first", "/fails-behind", "Accept: text/event-stream");
        book.get("array fails in the middle", "/fails-within");
        book.method("stream, HEAD", "HEAD", "/ndjson");
    }

    private static void entities(CaseBook book) {
        for (String path :
                List.of(
                        "response-headers",
                        "redirect",
                        "created",
                        "etag",
                        "checked",
                        "complete",
                        "connection-close",
                        "own-names",
                        "set-cookies",
                        "view-redirect",
                        "view-missing",
                        "view-body")) {
            book.get("entity " + path, "/" + path);
        }
        book.get("etag matches", "/etag", "If-None-Match: \"v1\"");
        book.get("etag matches weakly", "/etag", "If-None-Match: W/\"v0\", W/\"v1\"");
        book.get("etag differs", "/etag", "If-None-Match: \"v0\"");
        book.get("etag, any", "/etag", "If-None-Match: *");
        book.get("etag, If-Match fails", "/etag", "If-Match: \"v0\"");
        book.get("not modified since", "/etag", "If-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT");
        book.get("modified since", "/etag", "If-Modified-Since: Wed, 31 Dec 2025 00:00:00 GMT");
        book.get("checked, matches", "/checked", "If-None-Match: \"v2\"");
        book.get("session starts", "/session");
        book.get("session unknown", "/session", "Cookie: SESSION=unknown");
        session(book, "session goes on", "/session");
        session(book, "session ends", "/session-end");
    }

    /** A session is made on another thread, for which see {@link LateAnswers}. */
    private static void session(CaseBook book, String name, String target) {
        book.add(name)
                .requests(RequestText.get("/session"))
                .await(1)
                .reconnect()
                .requests(RequestText.get(target, "Cookie: SESSION={session}"))
                .withoutProbe();
    }

    private static void statuses(CaseBook book) {
        for (int code :
                new int[] {200, 201, 202, 204, 205, 206, 301, 304, 400, 404, 500, 503, 599}) {
            book.get("status " + code, "/status/" + code);
        }
        for (int code : new int[] {200, 204, 205, 304, 404, 500, 777}) {
            book.get("status with body " + code, "/status-body/" + code);
        }
        book.method("status with body, HEAD", "HEAD", "/status-body/200");
        book.method("status 204, HEAD", "HEAD", "/status/204");
    }

    private static void functional(CaseBook book) {
        for (String path :
                List.of(
                        "hello",
                        "json",
                        "items/7?q=x",
                        "stream",
                        "fails",
                        "missing",
                        "files/hello.txt",
                        "files/none.txt")) {
            book.get("functional " + path, "/fn/" + path);
        }
        book.get("functional, not acceptable", "/fn/json", "Accept: image/png");
        book.get("functional over annotated", "/fn-over-annotated");
        book.body("functional echo body", "/fn/echo", RequestText.TEXT, "abc");
        book.body("functional json body", "/fn/point", RequestText.JSON, "{\"x\":1,\"y\":2}");
        book.body("functional bad json", "/fn/point", RequestText.JSON, "{\"x\":");
        book.method("functional, HEAD", "HEAD", "/fn/hello");
        book.method("functional, OPTIONS", "OPTIONS", "/fn/hello");
        book.method("functional, wrong method", "DELETE", "/fn/hello");
    }

    private static void methods(CaseBook book) {
        for (String method :
                List.of(
                        "GET",
                        "HEAD",
                        "POST",
                        "PUT",
                        "PATCH",
                        "DELETE",
                        "OPTIONS",
                        "TRACE",
                        "get",
                        "PROPFIND",
                        "FOO",
                        "M-SEARCH")) {
            book.method("any method " + method, method, "/any");
            book.method("GET mapping by " + method, method, "/json");
        }
        book.method("HEAD of plain", "HEAD", "/plain");
        book.method("HEAD of large", "HEAD", "/large");
        book.method("HEAD of chunked", "HEAD", "/large-chunked");
        book.method("HEAD of delayed", "HEAD", "/delayed/10");
        book.method("HEAD of missing", "HEAD", "/nothing-here");
        book.method("HEAD of failure", "HEAD", "/fail/unhandled");
        book.method("OPTIONS of two mappings", "OPTIONS", "/points/1");
        book.method("OPTIONS of missing", "OPTIONS", "/nothing-here");
        book.method("OPTIONS of everything", "OPTIONS", "*");
        book.method("GET of a POST mapping", "GET", "/echo");
    }
}
