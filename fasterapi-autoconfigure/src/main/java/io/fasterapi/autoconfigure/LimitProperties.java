package io.fasterapi.autoconfigure;

import io.fasterapi.server.ConnectionLimits;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * How much the server takes on. Near a limit connections end with their next answer, at it new ones
 * are closed.
 *
 * @param connections the most open connections; no limit unless set
 * @param unwritten the most that may wait, in direct memory, to be written to clients that do not
 *     read; at the limit requests are refused, too; no limit unless set
 */
public record LimitProperties(@Nullable Integer connections, @Nullable DataSize unwritten) {

    public LimitProperties {
        if (connections != null && connections < 1) {
            throw InvalidProperty.of(
                    "fasterapi.limits.connections", connections, "a number from 1");
        }
        if (unwritten != null && unwritten.toBytes() < 1) {
            throw InvalidProperty.of("fasterapi.limits.unwritten", unwritten, "a size from 1B");
        }
    }

    ConnectionLimits limits() {
        ConnectionLimits none = ConnectionLimits.none();
        return new ConnectionLimits(
                connections == null ? none.connections() : connections,
                unwritten == null ? none.unwrittenBytes() : unwritten.toBytes());
    }
}
