package io.fasterapi.spring.equality;

/** What handlers take from the request line and the headers, right and wrong. */
final class ArgumentCases {

    private ArgumentCases() {}

    static void addTo(CaseBook book) {
        paths(book);
        params(book);
        headers(book);
        negotiation(book);
    }

    private static void paths(CaseBook book) {
        book.get("path variable", "/users/42");
        book.get("path variable, negative", "/users/-1");
        book.get("path variable, no number", "/users/abc");
        book.get("path variable, too large", "/users/99999999999");
        book.get("more specific path", "/users/me");
        book.get("two path variables", "/users/1/orders/a%20b");
        book.get("path variable with encoded slash", "/users/1/orders/a%2Fb");
        book.get("path variable in UTF-8", "/users/1/orders/%E4%B8%96");
        book.get("path by regex", "/regex/spring-7");
        book.get("path by regex, no match", "/regex/Spring-7");
        book.get("rest of path", "/rest/a/b/c");
        book.get("rest of path, empty", "/rest");
        book.get("rest of path, slash", "/rest/");
        book.get("matrix variable", "/matrix/car;colour=red");
        book.get("matrix variable, none", "/matrix/car");
        book.get("matrix variable, other", "/matrix/car;wheels=4;colour=a,b");
        book.get("param condition met", "/versioned?v=2", "X-Api: 1");
        book.get("param condition not met", "/versioned?v=2");
        book.get("link", "/link");
        book.get("exchange", "/exchange");
    }

    private static void params(CaseBook book) {
        book.get("params", "/params?q=a&page=3&tag=x&tag=y&sort=up");
        book.get("params, defaults", "/params?q=a");
        book.get("params, encoded", "/params?q=a%20b+c%26d%3D");
        book.get("params, UTF-8", "/params?q=%E4%B8%96");
        book.get("params, comma list", "/params?q=a&tag=x,y");
        book.get("params, empty value", "/params?q=&page=");
        book.get("params, no value", "/params?q");
        book.get("params, missing", "/params?page=1");
        book.get("params, no number", "/params?q=a&page=one");
        book.get("params, bad encoding", "/params?q=%zz");
        book.get("params, cut encoding", "/params?q=%4");
        book.get("params, odd separators", "/all-params?&&a=1&=2&b==3&c&a=4");
        book.get("params, semicolon", "/all-params?a=1;b=2");
        book.get("params, brackets", "/all-params?a[]=1&b[x]=2");
        book.get("params, question marks", "/all-params?a=?&b=/?");
        book.get("typed params", "/typed?level=HIGH&day=2026-11-21");
        book.get("typed params, no such level", "/typed?level=MIDDLE&day=2026-11-21");
        book.get("typed params, no date", "/typed?level=LOW&day=today");
        book.get("validated param", "/at-least?n=10");
        book.get("validated param, violated", "/at-least?n=9");
    }

    private static void headers(CaseBook book) {
        book.get("header", "/headers", "X-Token: t");
        book.get("header, missing", "/headers");
        book.get("header, other case", "/headers", "x-tOKEN: t");
        book.get("header, spaces", "/headers", "X-Token:   t  ");
        book.get("header, no space", "/headers", "X-Token:t");
        book.get("header, empty", "/headers", "X-Token:");
        book.get("header, UTF-8 bytes", "/headers", "X-Token: " + RequestText.utf8("ü"));
        book.get("header, no number", "/headers", "X-Token: t", "X-Number: x");
        book.get("header, many", "/headers", "X-Token: t", "X-Many: 1", "X-Many: 2, 3");
        book.get("header, 7 kB", "/headers", "X-Token: " + "x".repeat(7000));
        book.get("cookie", "/cookie", "Cookie: a=1; b=2");
        book.get("cookie, default", "/cookie", "Cookie: a=1");
        book.get("cookie, missing", "/cookie");
        book.get("cookie, quoted", "/cookie", "Cookie: a=\"x y\"; b=2");
        book.get("cookie, twice", "/cookie", "Cookie: a=1; a=2");
        book.get("cookie, two headers", "/cookie", "Cookie: a=1", "Cookie: b=2");
        book.get("cookie, malformed", "/cookie", "Cookie: ;;=x; a; a=1;");
        book.get("cookie, empty value", "/cookie", "Cookie: a=; b=");
    }

    private static void negotiation(CaseBook book) {
        book.get("accept json", "/negotiated", "Accept: application/json");
        book.get("accept text", "/negotiated", "Accept: text/plain");
        book.get("accept anything", "/negotiated", "Accept: */*");
        book.get("accept, none", "/negotiated");
        book.get(
                "accept by quality", "/negotiated", "Accept: application/json;q=0.1, text/*;q=0.9");
        book.get("accept xml", "/negotiated", "Accept: application/xml");
        book.get("accept xml of a record", "/json", "Accept: application/xml");
        book.get("accept json dialect", "/json", "Accept: application/vnd.me+json");
        book.get("accept json with charset", "/json", "Accept: application/json;charset=UTF-8");
        book.get("accept, malformed", "/json", "Accept: nonsense");
        book.get("accept, empty", "/json", "Accept:");
        book.get("accept, two headers", "/negotiated", "Accept: image/png", "Accept: text/plain");
        book.get("accept image of text", "/plain", "Accept: image/png");
        book.get("accept-charset", "/unicode", "Accept-Charset: iso-8859-1");
        book.get(
                "accept browser's list",
                "/json",
                "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    }
}
