package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.FORM;
import static io.fasterapi.spring.equality.RequestText.JSON;
import static io.fasterapi.spring.equality.RequestText.NL;
import static io.fasterapi.spring.equality.RequestText.TEXT;

/** Forms and multipart bodies, whole and broken, within and over the limits. */
final class PartCases {

    private static final String MULTIPART = "multipart/form-data; boundary=xyz";
    private static final String END = "--xyz--" + NL;

    private PartCases() {}

    static void addTo(CaseBook book) {
        forms(book);
        uploads(book);
        limits(book);
        broken(book);
    }

    private static void forms(CaseBook book) {
        book.body("form", "/form", FORM, "a=1&b=x+y%26z&a=2");
        book.body("form, empty", "/form", FORM, "");
        book.body("form, UTF-8", "/form", FORM, "a=%E4%B8%96");
        book.body("form, bad encoding", "/form", FORM, "a=%zz");
        overLimit(book);
        book.body("form, no form", "/form", JSON, "{}");
        book.body("form as model", "/form-model", FORM, "name=n&age=4");
        book.body("form as model, no number", "/form-model", FORM, "name=n&age=four");
        book.body("form as model, from the query", "/form-model?name=q", FORM, "age=4");
    }

    /**
     * Without a probe: stock releases the body twice (two of Spring's discard hooks), sees that,
     * and closes the connection after its answer.
     */
    private static void overLimit(CaseBook book) {
        book.add("form, over the limit")
                .requests(RequestText.post("/form", FORM, "a=" + "x".repeat(20_000)))
                .withoutProbe();
    }

    private static void uploads(CaseBook book) {
        String title = field("title", "a title");
        String file = file("file", "a.txt", TEXT, "content of the file");
        book.body("upload", "/upload", MULTIPART, title + file + END);
        book.body("upload, no file", "/upload", MULTIPART, title + END);
        book.body("upload, no title", "/upload", MULTIPART, file + END);
        book.body(
                "upload, quoted boundary",
                "/upload",
                "multipart/form-data; boundary=\"xyz\"",
                title + file + END);
        book.body("upload, prologue", "/upload", MULTIPART, "before" + NL + title + file + END);
        book.body("upload, epilogue", "/upload", MULTIPART, title + file + END + "after");
        book.body(
                "upload json",
                "/upload-json",
                MULTIPART,
                file("point", "p.json", JSON, "{\"x\":5}") + END);
        book.body(
                "upload bad json",
                "/upload-json",
                MULTIPART,
                file("point", "p.json", JSON, "{\"x\":") + END);
        book.body("parts", "/parts", MULTIPART, title + file + field("b", "2") + END);
        book.body("parts, none", "/parts", MULTIPART, END);
        book.body("parts in form data", "/form", MULTIPART, title + END);
        book.body("upload, no multipart", "/upload", TEXT, "text");
    }

    /** Not repeated in a pipeline, for which see {@link ReadingCases}. */
    private static void limits(CaseBook book) {
        String part = field("f", "1");
        book.body("parts, too many", "/parts", MULTIPART, part.repeat(6) + END).withoutPipeline();
        book.body(
                        "parts, field too large",
                        "/parts",
                        MULTIPART,
                        field("f", "x".repeat(10_000)) + END)
                .withoutPipeline();
        book.body(
                        "parts, header too large",
                        "/parts",
                        MULTIPART,
                        file("f", "n".repeat(3_000), TEXT, "x") + END)
                .withoutPipeline();
    }

    /**
     * Parts that Spring writes to files, on another thread. Not for a comparison: stock lets such a
     * request hang now and then (spring-framework issue 34178).
     */
    static EqualityCase ofFile(String name, int bytes) {
        String content = "x".repeat(bytes);
        return EqualityCase.named(name)
                .requests(
                        RequestText.post(
                                "/parts",
                                MULTIPART,
                                file("f", "f.bin", "application/octet-stream", content) + END))
                .withoutProbe();
    }

    private static void broken(CaseBook book) {
        String title = field("title", "a title");
        book.body("parts, no boundary given", "/parts", "multipart/form-data", title + END)
                .withoutPipeline();
        book.body(
                "parts, other boundary",
                "/parts",
                "multipart/form-data; boundary=abc",
                title + END);
        book.body("parts, no end", "/parts", MULTIPART, title).withoutPipeline();
        book.body("parts, cut in headers", "/parts", MULTIPART, "--xyz" + NL + "Content-Dispo")
                .withoutPipeline();
        book.body("parts, no disposition", "/parts", MULTIPART, "--xyz" + NL + NL + "x" + NL + END)
                .withoutPipeline();
        book.body("parts, empty", "/parts", MULTIPART, "").withoutPipeline();
    }

    private static String field(String name, String value) {
        return "--xyz"
                + NL
                + "Content-Disposition: form-data; name=\""
                + name
                + "\""
                + (NL + NL)
                + value
                + NL;
    }

    private static String file(String name, String filename, String type, String content) {
        return "--xyz"
                + NL
                + "Content-Disposition: form-data; name=\""
                + name
                + "\"; filename=\""
                + filename
                + "\""
                + NL
                + "Content-Type: "
                + type
                + (NL + NL)
                + content
                + NL;
    }
}
