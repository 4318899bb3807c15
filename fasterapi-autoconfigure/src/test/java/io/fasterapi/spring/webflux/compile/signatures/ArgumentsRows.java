package io.fasterapi.spring.webflux.compile.signatures;

import static io.fasterapi.spring.equality.RequestText.FORM;
import static io.fasterapi.spring.equality.RequestText.NL;

/** Requests to {@link ArgumentsEndpoints}. */
final class ArgumentsRows {

    private static final String PRODUCT = "{\"id\":\"p\",\"price\":1}";
    private static final String PARTS = "multipart/form-data; boundary=cut";

    private ArgumentsRows() {}

    static void addTo(Rows rows) {
        parameters(rows);
        bodies(rows);
    }

    private static void parameters(Rows rows) {
        rows.get("/args/principal");
        rows.get("/args/principal-now");
        rows.get("/args/session");
        rows.get("/args/session-kept");
        rows.get("/args/paged", "/args/paged?page=2&sort=name");
        rows.get("/args/tenant", "/args/tenant", "X-Tenant: acme");
        rows.get("/args/model", "/args/model?where=w&pageSize=4");
        rows.get("/args/cookie", "/args/cookie", "Cookie: c=v");
        rows.get("/args/matrix/{car}", "/args/matrix/bmw;of=red;of=blue");
        rows.get("/args/optional", "/args/optional?n=4");
        rows.get("/args/constrained/{id}", "/args/constrained/7?name=abcd");
        rows.get("/args/date", "/args/date?day=2026-11-21");
        rows.get("/args/many", "/args/many?ids=1,2&x=3", "X-One: one");
        rows.get("/args/expression");
        rows.get("/args/attribute");
        rows.get("/args/request", "/args/request", "Accept-Language: de");
        rows.get("/args/builder");
    }

    private static void bodies(Rows rows) {
        rows.body("POST /args/model-valid", "/args/model-valid", FORM, "id=p&price=-1");
        rows.body("POST /args/model-errors", "/args/model-errors", FORM, "id=&price=-1");
        rows.body("POST /args/form", "/args/form", FORM, "b=2&a=1&a=3");
        rows.body(
                "POST /args/parts",
                "/args/parts",
                PARTS,
                part("name=\"file\"; filename=\"f.txt\"", "text/plain", "content")
                        + part("name=\"note\"", "text/plain", "noted")
                        + "--cut--"
                        + NL);
        rows.body(
                "POST /args/parts-all",
                "/args/parts-all",
                PARTS,
                part("name=\"one\"", "text/plain", "1")
                        + part("name=\"two\"", "text/plain", "2")
                        + "--cut--"
                        + NL);
        rows.body(
                "POST /args/part-json",
                "/args/part-json",
                PARTS,
                part("name=\"product\"", "application/json", PRODUCT) + "--cut--" + NL);
        rows.json("/args/entity", PRODUCT);
        rows.json("/args/optional-body", PRODUCT);
    }

    private static String part(String disposition, String type, String content) {
        return "--cut"
                + NL
                + ("Content-Disposition: form-data; " + disposition + NL)
                + ("Content-Type: " + type + NL + NL)
                + content
                + NL;
    }
}
