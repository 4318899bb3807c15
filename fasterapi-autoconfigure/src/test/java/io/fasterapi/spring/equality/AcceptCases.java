package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.get;
import static io.fasterapi.spring.equality.RequestText.request;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Every handler by GET, with what clients send as {@code Accept}, thrice, and by other HTTP
 * methods. A lane may learn from one request how to answer the next, so each target begins with
 * another {@code Accept}.
 */
final class AcceptCases {

    private static final List<String> ACCEPTS =
            List.of(
                    "",
                    "*/*",
                    "application/json",
                    "text/plain",
                    "text/html,application/xhtml+xml,application/xml;q=0.9,"
                            + "image/avif,image/webp,*/*;q=0.8",
                    "application/json;q=0.2, text/plain;q=0.8, */*;q=0.1",
                    "application/x-nothing",
                    "text/event-stream");

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "OPTIONS", "DELETE", "HEAD", "POST");

    private AcceptCases() {}

    static void addTo(CaseBook book) {
        for (int i = 0; i < TargetList.ALL.size(); i++) {
            String target = TargetList.ALL.get(i);
            boolean late = LateAnswers.isLate("GET " + target);
            EqualityCase accepts = book.add("accepts, " + target);
            RepeatedCases.thrice(accepts, accepting(target, i), late);
            methodsInTurn(book, target, late);
        }
    }

    private static List<String> accepting(String target, int first) {
        List<String> requests = new ArrayList<>();
        for (String accept : ACCEPTS) {
            requests.add(accept.isEmpty() ? get(target) : get(target, "Accept: " + accept));
        }
        Collections.rotate(requests, first);
        return requests;
    }

    private static void methodsInTurn(CaseBook book, String target, boolean late) {
        EqualityCase turns = book.add("methods, " + target);
        List<String> requests =
                METHODS.stream().map(m -> request(m, target, "Content-Length: 0")).toList();
        RepeatedCases.inTurn(turns, requests, late);
        if (late) {
            turns.withoutProbe();
        }
    }
}
