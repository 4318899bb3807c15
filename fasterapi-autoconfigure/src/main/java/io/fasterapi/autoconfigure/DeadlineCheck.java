package io.fasterapi.autoconfigure;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Refuses times and names that no deadline can have. */
final class DeadlineCheck {

    /** A token of RFC 9110. */
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private DeadlineCheck() {}

    static void check(@Nullable Duration timeout, @Nullable String header) {
        if (timeout != null
                && (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0)) {
            throw InvalidProperty.of(
                    "fasterapi.request-timeout", timeout, "a duration from 1ms to 1d");
        }
        if (header != null && !HEADER_NAME.matcher(header).matches()) {
            throw InvalidProperty.of(
                    "fasterapi.deadline-header",
                    header,
                    "the name of a header, for example X-Request-Budget");
        }
    }
}
