package io.fasterapi.spring.equality;

import java.util.List;

/** Conversions and optional arguments: right, missing, and not convertible. */
final class ParameterCases {

    private static final String UUID = "123e4567-e89b-12d3-a456-426614174000";

    private ParameterCases() {}

    static void addTo(CaseBook book) {
        paths(book);
        queries(book);
        headers(book);
        cookies(book);
        others(book);
    }

    private static void paths(CaseBook book) {
        targets(
                book,
                "/arg/uuid/" + UUID,
                "/arg/uuid/" + UUID.toUpperCase(),
                "/arg/uuid/1-1-1-1-1",
                "/arg/uuid/none",
                "/arg/level/HIGH",
                "/arg/level/high",
                "/arg/level/MIDDLE",
                "/arg/level/%20HIGH",
                "/arg/day/2026-11-21",
                "/arg/day/2026-13-21",
                "/arg/optional",
                "/arg/optional/7",
                "/arg/optional/seven",
                "/arg/optional/",
                "/arg/nullable",
                "/arg/nullable/x",
                "/arg/path-map/1/%2B",
                "/arg/matrix/car;q=4/x;r=1,2;s=3",
                "/arg/matrix/car;q=four/x",
                "/arg/matrix/car/x",
                "/arg/file/a.b",
                "/arg/file/a.b.c",
                "/arg/file/a",
                "/arg/file/a%2Eb",
                "/arg/between/x-and-y",
                "/arg/between/x-or-y",
                "/arg/between/-and-",
                "/arg/many/1/x/1.5/true",
                "/arg/many/128/x/1.5/true",
                "/arg/many/1/xy/1.5/true",
                "/arg/many/1/x/1,5/true",
                "/arg/many/1/x/1.5/maybe",
                "/arg/many/1/%C3%BC/NaN/on",
                "/arg/many/0x1/x/1e3/0");
    }

    private static void queries(CaseBook book) {
        targets(
                book,
                "/arg/flags?on=true&numbers=1,2&numbers=3",
                "/arg/flags?on=true&numbers=1,2",
                "/arg/flags?on=yes",
                "/arg/flags?on=maybe",
                "/arg/flags?on=",
                "/arg/flags",
                "/arg/flags?on=1&numbers=",
                "/arg/flags?on=1&numbers=1,x",
                "/arg/param-map?b=1&a=2&b=3",
                "/arg/param-map",
                "/arg/implicit?q=a&n=1",
                "/arg/implicit?n=1",
                "/arg/implicit?q=a",
                "/arg/implicit?q=a&n=x",
                "/arg/implicit?q=a&n=1&n=2",
                "/arg/primitive?n=9",
                "/arg/primitive",
                "/arg/primitive?n=",
                "/arg/primitive?n=+9",
                "/arg/primitive?n=%209",
                "/arg/primitive?n=9223372036854775808",
                "/arg/primitive?N=9");
    }

    private static void headers(CaseBook book) {
        get(book, "/arg/header-list", "X-Many: 1, 2", "X-Many: 3");
        get(book, "/arg/header-list", "X-Many: 4,5");
        get(book, "/arg/header-list", "X-Many: 1, x");
        get(book, "/arg/header-list", "X-Many:");
        get(book, "/arg/header-list");
        get(book, "/arg/header-map", "X-A: 1", "X-A: 2");
        get(book, "/arg/header-values", "x-many: 1", "X-MANY: 2");
        get(book, "/arg/header-values");
        get(book, "/arg/header-optional", "X-Level: LOW");
        get(book, "/arg/header-optional", "X-Level: low");
        get(book, "/arg/header-optional", "X-Level: none");
        get(book, "/arg/header-optional", "X-Day: today");
        get(book, "/arg/header-optional");
    }

    private static void cookies(CaseBook book) {
        get(book, "/arg/cookie-number", "Cookie: n=5");
        get(book, "/arg/cookie-number", "Cookie: n=five");
        get(book, "/arg/cookie-number", "Cookie: N=5");
        get(book, "/arg/cookie-number");
        get(book, "/arg/cookie-http", "Cookie: c=a%20b");
        get(book, "/arg/cookie-http");
        get(book, "/arg/cookie-optional", "Cookie: c=there");
        get(book, "/arg/cookie-optional");
    }

    private static void others(CaseBook book) {
        targets(
                book,
                "/arg/locale",
                "/arg/principal",
                "/arg/principal-mono",
                "/arg/attribute",
                "/arg/attribute-missing",
                "/arg/session-attribute",
                "/arg/request",
                "/arg/request/",
                "/arg/value");
        get(book, "/arg/locale", "Accept-Language: de-CH, en;q=0.5");
        get(book, "/arg/locale", "Accept-Language: *");
        get(book, "/arg/locale", "Accept-Language: ;nonsense");
        get(book, "/arg/principal", "Authorization: Basic dTpw");
    }

    private static void targets(CaseBook book, String... targets) {
        List.of(targets).forEach(target -> get(book, target));
    }

    private static void get(CaseBook book, String target, String... headers) {
        String sent = headers.length == 0 ? "" : " with " + String.join(", ", headers);
        book.get("argument " + target + sent, target, headers);
    }
}
