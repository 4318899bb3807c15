package io.fasterapi.netty;

/**
 * How much a server takes on.
 *
 * @param connections the most open connections
 * @param unwrittenBytes the most bytes that wait to be written to them, together
 */
public record ConnectionLimits(int connections, long unwrittenBytes) {

    private static final ConnectionLimits NONE =
            new ConnectionLimits(Integer.MAX_VALUE, Long.MAX_VALUE);

    public ConnectionLimits {
        if (connections < 1 || unwrittenBytes < 1) {
            throw new IllegalArgumentException(
                    "connections: "
                            + connections
                            + ", unwrittenBytes: "
                            + unwrittenBytes
                            + " (expected: each >= 1)");
        }
    }

    /** Returns no limits. */
    public static ConnectionLimits none() {
        return NONE;
    }

    /** Returns whether there is any. */
    public boolean isAny() {
        return !equals(NONE);
    }
}
