package io.fasterapi.spring.equality;

import java.util.regex.Pattern;

/**
 * Knows which answers of {@link EqualityApplication} come from another thread than the event loop.
 * Stock may then leave the connection unread for good: HttpTrafficHandler takes the next request
 * that comes while it still finishes the last for a pipelined one, drains its queue by two tasks,
 * and neither of them reads. About one request in a hundred behind such an answer is never
 * answered, so none is sent on the same connection. Stateless.
 */
final class LateAnswers {

    private static final Pattern LATE =
            Pattern.compile(
                    "^\\s*\\S+ \\S*(/stage( |$)|/elsewhere|delayed|/sse-events|/fails-later|"
                            + "/session|/visit/|/resource|\\.txt|\\.html|\\.css|/fn/files/|"
                            + "/actuator/|/upload|/parts|/form|/map( |$))",
                    Pattern.CASE_INSENSITIVE);

    private LateAnswers() {}

    /** Whether that may be so of the answer to a request that begins like this. */
    static boolean isLate(String request) {
        return LATE.matcher(request.lines().findFirst().orElse("")).find();
    }
}
