package io.fasterapi.spring.equality;

import java.util.List;

/** Handlers that fail, paths that lead nowhere. */
final class FailureCases {

    private static final String HTML = "Accept: text/html";

    private FailureCases() {}

    static void addTo(CaseBook book) {
        for (String path :
                List.of(
                        "status",
                        "odd-status",
                        "unhandled",
                        "error",
                        "mono",
                        "delayed",
                        "annotated",
                        "problem",
                        "allowed",
                        "handled",
                        "handled-async",
                        "handler-fails",
                        "null",
                        "unwritable")) {
            book.get("failure " + path, "/fail/" + path);
        }
        book.get("failure as html", "/fail/unhandled", HTML);
        book.get("failure as problem", "/fail/status", "Accept: application/problem+json");
        book.get("failure, no acceptable form", "/fail/status", "Accept: image/png");
        book.get("handled failure as text", "/fail/handled", "Accept: text/plain");
        book.get("missing", "/nothing-here");
        book.get("missing as html", "/nothing-here", HTML);
        book.get("missing as text", "/nothing-here", "Accept: text/plain");
        book.get("missing, deep", "/a/b/c/d/e/f?x=1");
        book.get("root", "/");
        book.method("missing, POST", "POST", "/nothing-here", "Content-Length: 0");
        book.method("wrong method as html", "DELETE", "/plain", HTML);
        book.get("error path itself", "/error");
        book.get("health", "/actuator/health");
        book.get("actuator missing", "/actuator/nothing");
        book.add("failure, then the next")
                .requests(RequestText.get("/fail/unhandled"))
                .await(1)
                .requests(RequestText.get("/json"));
    }
}
