package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.equality.RequestText;

/** Requests to {@link ConditionsEndpoints}. */
final class ConditionsRows {

    private ConditionsRows() {}

    static void addTo(Rows rows) {
        conditions(rows);
        results(rows);
    }

    private static void conditions(Rows rows) {
        rows.get("/cond/params", "/cond/params?kind=a");
        rows.get("/cond/params", "/cond/params?kind=b");
        rows.get("/cond/headers", "/cond/headers", "X-Kind: a");
        rows.json("/cond/consumes", "{\"id\":\"p\",\"price\":1}");
        rows.body("POST /cond/consumes", "/cond/consumes", RequestText.TEXT, "t");
        rows.body(
                "POST /cond/consumes",
                "/cond/consumes",
                "application/json; charset=utf-8",
                "{\"id\":\"p\",\"price\":1}");
        rows.raw(
                "POST /cond/consumes",
                RequestText.chunked(
                        "/cond/consumes", RequestText.JSON, "{\"id\":", "\"p\",\"price\":1}"));
        rows.get("/cond/produces", "/cond/produces", "Accept: text/*;q=0.5, application/json");
        rows.get("/cond/dialect", "/cond/dialect", "Accept: application/*+json");
        rows.get("/cond/regex/{id:[0-9]+}", "/cond/regex/77");
        rows.get("/cond/regex/{name:[a-z]+}.{type}", "/cond/regex/notes.txt");
        rows.get("/cond/rest/{*path}", "/cond/rest/a/b%20c");
        rows.get("/cond/part?/x", "/cond/partz/x");
        rows.get("/cond/cross", "/cond/cross", "Origin: https://friend.example");
        rows.plain("PUT", "/cond/several", "/cond/several", "Content-Length: 0");
        rows.plain("POST", "/cond/several", "/cond/several", "Content-Length: 0");
        rows.raw("* /cond/every", RequestText.request("PATCH", "/cond/every", "Content-Length: 0"));
    }

    private static void results(Rows rows) {
        rows.plain("DELETE", "/cond/gone", "/cond/gone");
        rows.plain("DELETE", "/cond/gone-later", "/cond/gone-later");
        for (String name :
                new String[] {
                    "accepted",
                    "sse",
                    "ndjson",
                    "flux-text",
                    "flux-later",
                    "entity-flux",
                    "resource",
                    "object",
                    "future",
                    "view",
                    "problem",
                    "wild",
                    "generic"
                }) {
            rows.get("/cond/" + name);
        }
        rows.get("/cond/accepted", "/cond/accepted", "Connection: keep-alive");
        rows.get("/cond/accepted", "/cond/accepted", "Origin: https://any.example");
        rows.get("/cond/flux-later", "/cond/flux-later", "Accept: application/x-ndjson");
    }
}
