package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.equality.RequestText;
import java.util.ArrayList;
import java.util.List;

/** Collects rows of the table. Filled by one thread, then read. */
final class Rows {

    private final List<Row> rows = new ArrayList<>();

    /** A GET whose target is the pattern itself. */
    void get(String pattern) {
        get(pattern, pattern);
    }

    /** A GET. */
    void get(String pattern, String target, String... headers) {
        plain("GET", pattern, target, headers);
    }

    /** A request without a body. */
    void plain(String method, String pattern, String target, String... headers) {
        rows.add(new Row(method + " " + pattern, RequestText.request(method, target, headers)));
    }

    /** A POST of JSON whose target is the pattern itself. */
    void json(String pattern, String body) {
        json("POST", pattern, pattern, body);
    }

    /** A request with JSON. */
    void json(String method, String pattern, String target, String body) {
        body(method + " " + pattern, target, RequestText.JSON, body);
    }

    /** A request with a body of any type; the mapping begins with its method. */
    void body(String mapping, String target, String type, String body, String... headers) {
        String method = mapping.substring(0, mapping.indexOf(' '));
        rows.add(new Row(mapping, RequestText.withBody(method, target, type, body, headers)));
    }

    /** A request as it is. */
    void raw(String mapping, String request) {
        rows.add(new Row(mapping, request));
    }

    List<Row> list() {
        return List.copyOf(rows);
    }
}
