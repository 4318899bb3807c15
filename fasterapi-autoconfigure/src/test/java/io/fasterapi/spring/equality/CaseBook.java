package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.head;
import static io.fasterapi.spring.equality.RequestText.post;
import static io.fasterapi.spring.equality.RequestText.request;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects cases under unique names. Filled by one thread, then read. */
final class CaseBook {

    private final Map<String, EqualityCase> cases = new LinkedHashMap<>();

    EqualityCase add(String name) {
        EqualityCase added = EqualityCase.named(name);
        if (cases.put(name, added) != null) {
            throw new IllegalArgumentException("case: " + name + " (expected: a new name)");
        }
        return added;
    }

    void get(String name, String target, String... headers) {
        add(name).requests(request("GET", target, headers));
    }

    void method(String name, String method, String target, String... headers) {
        add(name).requests(request(method, target, headers));
    }

    void body(String name, String target, String type, String body, String... headers) {
        add(name).requests(post(target, type, body, headers));
    }

    /** A GET without a body and with full control of the request line and the Host header. */
    void line(String name, String requestLine, String... headers) {
        add(name).requests(head(requestLine, "Host: localhost", headers) + RequestText.NL);
    }

    List<EqualityCase> cases() {
        return List.copyOf(cases.values());
    }
}
