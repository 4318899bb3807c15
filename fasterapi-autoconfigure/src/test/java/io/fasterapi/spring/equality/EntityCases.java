package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.FORM;
import static io.fasterapi.spring.equality.RequestText.JSON;

import java.util.List;

/** Models, inheritance, advice: what the lists of targets and bodies leave out. */
final class EntityCases {

    private static final String POINT = "{\"x\":1,\"y\":2}";

    private EntityCases() {}

    static void addTo(CaseBook book) {
        models(book);
        visits(book);
        book.get("text of a status without content", "/result/no-content");
        book.method("created by POST", "POST", "/result/created", "Content-Length: 0");
        inherited(book);
        advised(book);
    }

    private static void models(CaseBook book) {
        for (String target :
                List.of(
                        "trimmed?q=%20%23a%20",
                        "trimmed?q=%20",
                        "trimmed",
                        "trimmed/%20a%23",
                        "greeting-attribute",
                        "greeting-attribute?greeting=other",
                        "search?q=a&page=2&tag=x&tag=y",
                        "search?page=two",
                        "search",
                        "search-implicit?q=a&page=1",
                        "search-valid?q=&page=1",
                        "search-valid?q=a&page=10",
                        "search-errors?q=&page=1",
                        "search-errors?q=a&page=x",
                        "search-errors?q=a&page=1",
                        "person/ada?age=36",
                        "person/ada?age=old",
                        "person")) {
            book.get("model " + target, "/model/" + target);
        }
        book.body("model posted", "/model/person", FORM, "name=n&age=1");
        book.body("model posted, bad", "/model/person", FORM, "name=n&age=x");
        book.body("model posted as json", "/model/person", JSON, "{\"name\":\"n\"}");
    }

    /** Sessions are made on another thread, for which see {@link LateAnswers}. */
    private static void visits(CaseBook book) {
        String cookie = "Cookie: SESSION={session}";
        EqualityCase own = book.add("session attribute, set, read, removed").withoutProbe();
        RepeatedCases.inTurn(
                own,
                List.of(
                        RequestText.get("/visit/begin"),
                        RequestText.get("/visit/visitor", cookie),
                        RequestText.get("/visit/visitor", cookie),
                        RequestText.get("/visit/end", cookie),
                        RequestText.get("/visit/visitor", cookie)),
                true);
        EqualityCase other = book.add("session attribute of another method").withoutProbe();
        RepeatedCases.inTurn(
                other,
                List.of(
                        RequestText.get("/session"),
                        RequestText.get("/arg/session-attribute", cookie),
                        RequestText.get("/session", cookie)),
                true);
    }

    private static void inherited(CaseBook book) {
        book.get("inherited", "/inherited/by-interface/4");
        book.get("inherited, no number", "/inherited/by-interface/four");
        book.body("inherited body", "/inherited/by-interface", JSON, POINT);
        book.body("inherited body, bad", "/inherited/by-interface", JSON, "{");
        book.body("generic body", "/generic", JSON, POINT);
        book.body("generic body, bad", "/generic", JSON, "[]");
        book.body("generic list", "/generic-list", JSON, "[" + POINT + "]");
        book.body("generic list, bad", "/generic-list", JSON, "{\"x\":{}}");
        book.body("every method, POST", "/every-method", JSON, POINT);
        book.body("proxied body", "/proxied/point", JSON, POINT);
        book.body("proxied body, bad", "/proxied/point", JSON, "nonsense");
        book.get("proxied, result too small", "/proxied/result?n=1");
        book.get("proxied, result right", "/proxied/result?n=3");
        book.get("proxied, no number", "/proxied/x");
        for (String path : List.of("", "/", "/own", "/json", "/none")) {
            book.get("class with status, a" + path, "/status-a" + path);
            book.get("class with status, b" + path, "/status-b" + path);
        }
    }

    private static void advised(CaseBook book) {
        book.body("advised body, bad", "/advised/body", JSON, "{\"x\":");
        book.body("advised body, type", "/advised/body", "application/xml", "<x/>");
        book.method("advised, wrong method", "DELETE", "/advised/body");
        book.get("advised, unacceptable", "/advised/number/4?by=2", "Accept: image/png");
        book.get("advised, failure for html", "/advised/domain/x", "Accept: text/html");
        book.get("advised text for text", "/advised/as-text", "Accept: text/plain");
        book.get("advised text for json", "/advised/as-text", "Accept: application/json");
        book.get("advised text for image", "/advised/as-text", "Accept: image/png");
    }
}
