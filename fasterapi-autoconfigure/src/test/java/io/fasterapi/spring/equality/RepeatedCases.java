package io.fasterapi.spring.equality;

import java.util.List;

/**
 * Sends requests three times: twice one after the other, then in a pipeline. What is learnt from a
 * first request must not show in the second. Stateless.
 */
public final class RepeatedCases {

    private RepeatedCases() {}

    /** Replaces the cases that are one whole request and its answer by ones that repeat it. */
    public static List<EqualityCase> of(List<EqualityCase> cases) {
        return cases.stream().map(c -> c.isOneRequest() ? repeat(c) : c).toList();
    }

    private static EqualityCase repeat(EqualityCase single) {
        EqualityCase repeated = EqualityCase.named(single.name()).withoutProbe();
        String request = single.text();
        boolean late = LateAnswers.isLate(request);
        inTurn(repeated, List.of(request, request), late);
        if (!single.isPipelined()) {
            return repeated.requests(request);
        }
        return repeated.requests(request, late ? request : RawExchange.PROBE);
    }

    /** Adds requests that wait for each other's answers, on new connections if they come late. */
    public static void inTurn(EqualityCase to, List<String> requests, boolean late) {
        int sent = to.expected();
        for (String request : requests) {
            to.requests(request).await(++sent);
            if (late) {
                to.reconnect();
            }
        }
    }

    /** Adds requests in turn, in turn again, and then in one pipeline. */
    static void thrice(EqualityCase to, List<String> requests, boolean late) {
        inTurn(to, requests, late);
        inTurn(to, requests, late);
        to.requests(requests.toArray(String[]::new));
        if (late) {
            to.withoutProbe();
        }
    }
}
