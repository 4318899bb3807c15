package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.head;
import static io.fasterapi.spring.equality.RequestText.post;
import static io.fasterapi.spring.equality.RequestText.request;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects cases under unique names. Filled by one thread, then read. */
public final class CaseBook {

    private final Map<String, EqualityCase> cases = new LinkedHashMap<>();

    /** Adds an empty case, to be filled by the caller. */
    public EqualityCase add(String name) {
        return add(EqualityCase.named(name));
    }

    /** Adds a case. */
    public EqualityCase add(EqualityCase added) {
        if (cases.put(added.name(), added) != null) {
            throw new IllegalArgumentException("case: " + added + " (expected: a new name)");
        }
        return added;
    }

    /** A GET. */
    public void get(String name, String target, String... headers) {
        single(name, request("GET", target, headers));
    }

    /** A request without a body. */
    public void method(String name, String method, String target, String... headers) {
        single(name, request(method, target, headers));
    }

    /** A POST. */
    public EqualityCase body(
            String name, String target, String type, String body, String... headers) {
        return single(name, post(target, type, body, headers));
    }

    /** A GET without a body and with full control of the request line and the Host header. */
    void line(String name, String requestLine, String... headers) {
        single(name, head(requestLine, "Host: localhost", headers) + RequestText.NL);
    }

    private EqualityCase single(String name, String request) {
        EqualityCase added = add(name).requests(request);
        if (LateAnswers.isLate(request)) {
            added.withoutProbe();
        }
        return added;
    }

    /** All cases so far, in the order in which they were added. */
    public List<EqualityCase> cases() {
        return List.copyOf(cases.values());
    }
}
