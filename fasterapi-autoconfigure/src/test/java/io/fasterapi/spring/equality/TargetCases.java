package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.NL;
import static io.fasterapi.spring.equality.RequestText.head;

/** Odd request targets: encodings, dots, slashes, absolute form, Host. */
final class TargetCases {

    private TargetCases() {}

    static void addTo(CaseBook book) {
        encodings(book);
        shapes(book);
        hosts(book);
    }

    private static void encodings(CaseBook book) {
        book.get("target plain", "/uri/a/b?x=1");
        book.get("target encoded", "/uri/%61%20b");
        book.get("target with encoded mapping", "/%6Ason");
        book.get("target with encoded slash", "/uri%2Fa");
        book.get("target with encoded percent", "/uri/%25");
        book.get("target with bad percent", "/uri/%zz");
        book.get("target with cut percent", "/uri/%4");
        book.get("target with bad percent on a fast path", "/json%");
        book.get("target with encoded NUL", "/uri/%00");
        book.get("target with encoded CR LF", "/uri/%0d%0aX:1");
        book.get("target in UTF-8, encoded", "/uri/%C3%BC");
        book.get("target in UTF-8, raw", "/uri/" + RequestText.utf8("ü"));
        book.get("target in broken UTF-8", "/uri/%C3");
        book.get("target with plus", "/uri/a+b?c=d+e");
        book.get("target with illegal characters", "/uri/a|b^c`{d}");
        book.get("target with quotes", "/uri/\"a\"<b>");
        book.get("target with backslash", "/uri\\a");
        book.get("target with illegal query", "/uri?a=|&b={x}&c=\"");
        book.get("target with fragment", "/uri#part");
        book.get("target with bad percent in query", "/uri?a=%");
    }

    private static void shapes(CaseBook book) {
        book.get("two slashes first", "//json");
        book.get("two slashes within", "/users//42");
        book.get("two slashes last", "/json//");
        book.get("three slashes", "///json");
        book.get("slash after", "/json/");
        book.get("slash after, mapped", "/slash/");
        book.get("slash after, left out", "/slash");
        book.get("path parameter", "/json;x=y");
        book.get("path parameter within", "/users;x=y/42");
        book.get("path parameter, empty", "/json;");
        book.get("dot", "/./json");
        book.get("dots", "/a/../json");
        book.get("dots encoded", "/a/%2e%2e/json");
        book.get("dots beyond the root", "/../json");
        book.get("other case", "/JSON");
        book.get("extension", "/json.json");
        book.get("query only", "?a=1");
        book.get("query empty", "/json?");
        book.get("query twice", "/uri?a=1?b=2");
        book.get("no slash", "json");
        book.get("absolute form", "http://localhost/json");
        book.get("absolute form, other host", "http://other.example/uri?x=1");
        book.get("absolute form, no path", "http://localhost");
        book.get("absolute form, https", "https://localhost/uri");
        book.get("absolute form, port", "http://localhost:1234/link");
        book.get("absolute form, malformed", "http:///json");
        book.method("authority form", "CONNECT", "localhost:80");
        book.method("asterisk by GET", "GET", "*");
        book.get("long target", "/uri?x=" + "y".repeat(3000));
    }

    private static void hosts(CaseBook book) {
        host(book, "host with port", "Host: localhost:8080");
        host(book, "host with odd port", "Host: localhost:http");
        host(book, "host with port too large", "Host: localhost:99999");
        host(book, "host of IPv6", "Host: [::1]:80");
        host(book, "host of broken IPv6", "Host: [::1");
        host(book, "host empty", "Host:");
        host(book, "host malformed", "Host: a b/c");
        host(book, "host with underscore", "Host: a_b.example");
        host(book, "host twice", "Host: a.example" + NL + "Host: b.example");
        book.add("host missing").requests(head("GET /json HTTP/1.1", "") + NL);
    }

    private static void host(CaseBook book, String name, String host) {
        book.add(name).requests(head("GET /link HTTP/1.1", host) + NL);
    }
}
