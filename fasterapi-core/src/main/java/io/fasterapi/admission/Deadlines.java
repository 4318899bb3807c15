package io.fasterapi.admission;

import io.fasterapi.http.Deadline;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long requests may take, by what the server and their callers say; the shorter time counts.
 *
 * @param timeout what the server says, or null
 * @param header names the header in which callers say how many milliseconds they will wait, or null
 */
public record Deadlines(@Nullable Duration timeout, @Nullable String header) {

    /** More digits are no time that anybody waits for. */
    private static final int MOST_DIGITS = 12;

    private static final Deadlines NONE = new Deadlines(null, null);

    public Deadlines {
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new IllegalArgumentException("timeout: " + timeout + " (expected: more than 0)");
        }
    }

    /** Returns that nobody says anything. */
    public static Deadlines none() {
        return NONE;
    }

    /** Returns whether any request can have a deadline. */
    public boolean isAny() {
        return timeout != null || header != null;
    }

    /**
     * Returns the deadline of a request that has just arrived, or null if it has none. What a
     * caller says counts if it is a whole number of milliseconds, 0 or more.
     */
    public @Nullable Deadline of(HttpHeaders headers) {
        Duration time = timeout;
        Duration budget = header == null ? null : budget(headers.get(header));
        if (budget != null && (time == null || budget.compareTo(time) < 0)) {
            time = budget;
        }
        return time == null ? null : Deadline.after(time);
    }

    private static @Nullable Duration budget(@Nullable String value) {
        if (value == null || value.isEmpty() || value.length() > MOST_DIGITS) {
            return null;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return null;
            }
        }
        return Duration.ofMillis(Long.parseLong(value));
    }
}
