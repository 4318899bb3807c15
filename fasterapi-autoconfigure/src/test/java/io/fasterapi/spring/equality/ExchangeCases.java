package io.fasterapi.spring.equality;

import java.util.List;

/** Requests to {@link ExchangeEndpoints}. */
final class ExchangeCases {

    private ExchangeCases() {}

    static void addTo(CaseBook book) {
        for (String path :
                List.of(
                        "created",
                        "attributes",
                        "own",
                        "later",
                        "status",
                        "forbidden",
                        "forbidden-html",
                        "forbidden-throws",
                        "forbidden-unhandled",
                        "forbidden-entity",
                        "header",
                        "header?q=%0Ax",
                        "header?q=%C3%A9",
                        "null-header",
                        "filter-header",
                        "typed-null",
                        "typed",
                        "typed-later",
                        "problem",
                        "problem-entity",
                        "serializable",
                        "request?a=1&a=2",
                        "principal")) {
            book.get("exchange " + path, "/exchange/" + path);
        }
        book.body("exchange attributes, posted", "/exchange/attributes", RequestText.TEXT, "x");
        book.get("two Accepts, one empty", "/exchange/header", "Accept: ", "Accept: text/plain");
    }
}
