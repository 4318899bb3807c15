package io.fasterapi.spring.equality;

import java.util.List;

/** Paths that {@link FilterVariant} refuses, in every spelling. */
final class GuardedCases {

    /** Refused with 403 as they stand here. */
    static final List<String> PATHS =
            List.of(
                    "/guarded/plain",
                    "/guarded/items/7",
                    "/vault/gold",
                    "/vault/fn",
                    "/vault/secret.txt",
                    "/token/needed",
                    "/list");

    private GuardedCases() {}

    static void addTo(CaseBook book) {
        PATHS.forEach(path -> Spellings.addTo(book, "guarded", path));
        book.body("guarded by POST", "/guarded/echo", RequestText.TEXT, "body");
        book.get("token given", "/token/needed", "X-Token: t");
        book.get("token given, path spelt otherwise", "//token/needed", "X-Token: t");
    }
}
