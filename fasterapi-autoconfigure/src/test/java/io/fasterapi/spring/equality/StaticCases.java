package io.fasterapi.spring.equality;

/** Static files: types, ranges, conditions. */
final class StaticCases {

    private static final String FILE = "/hello.txt";
    private static final String PAST = "Thu, 01 Jan 1970 00:00:00 GMT";
    private static final String FUTURE = "Thu, 01 Jan 2099 00:00:00 GMT";

    private StaticCases() {}

    static void addTo(CaseBook book) {
        files(book);
        ranges(book);
        conditions(book);
    }

    private static void files(CaseBook book) {
        book.get("file", FILE);
        book.get("file, html", "/page.html");
        book.get("file with a space", "/with%20space.css");
        book.get("file, other case", "/HELLO.txt");
        book.get("file, query", FILE + "?v=1");
        book.get("file, slash after", FILE + "/");
        book.get("file, directory above", "/static/../hello.txt");
        book.get("file, out of the root", "/../application.properties");
        book.get("file, out of the root, encoded", "/%2e%2e/%2e%2e/etc/passwd");
        book.get("file, not accepted", FILE, "Accept: image/png");
        book.method("file, HEAD", "HEAD", FILE);
        book.method("file, OPTIONS", "OPTIONS", FILE);
        book.method("file, POST", "POST", FILE, "Content-Length: 0");
        book.method("file, DELETE", "DELETE", FILE);
    }

    private static void ranges(CaseBook book) {
        book.get("range", FILE, "Range: bytes=0-4");
        book.get("range, from", FILE, "Range: bytes=6-");
        book.get("range, last", FILE, "Range: bytes=-6");
        book.get("range, beyond the end", FILE, "Range: bytes=20-999");
        refused(book, "range, after the end", "Range: bytes=999-");
        refused(book, "range, reversed", "Range: bytes=5-2");
        refused(book, "range, malformed", "Range: bytes=x-y");
        refused(book, "range, other unit", "Range: lines=1-2");
        book.method("range, HEAD", "HEAD", FILE, "Range: bytes=0-4");
        book.get("range if unchanged", FILE, "Range: bytes=0-4", "If-Range: " + FUTURE);
    }

    /** Stock promises the whole file's length with its 416 and sends none of it. */
    private static void refused(CaseBook book, String name, String range) {
        book.get(name, FILE, range, "Connection: close");
    }

    private static void conditions(CaseBook book) {
        book.get("file, modified", FILE, "If-Modified-Since: " + PAST);
        book.get("file, not modified", FILE, "If-Modified-Since: " + FUTURE);
        book.get("file, malformed date", FILE, "If-Modified-Since: yesterday");
        book.get("file, unmodified", FILE, "If-Unmodified-Since: " + FUTURE);
        book.get("file, not unmodified", FILE, "If-Unmodified-Since: " + PAST);
        book.get("file, etag", FILE, "If-None-Match: \"x\"");
        book.get("file, any etag", FILE, "If-None-Match: *");
        book.method("file, not modified, HEAD", "HEAD", FILE, "If-Modified-Since: " + FUTURE);
    }
}
