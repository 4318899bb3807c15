package io.fasterapi.server;

import io.fasterapi.exchange.InFlight;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.placement.Placement;

/**
 * What direct routes need beside their tree.
 *
 * @param placement where routes run that name no placement of their own
 * @param json reads and writes JSON
 * @param failures answers for handlers that failed
 * @param inFlight counts exchanges under way
 * @param maxBodyBytes the longest request body that is read, in bytes
 */
public record SideDoorOptions(
        Placement placement,
        JsonCodec json,
        FailureAnswer failures,
        InFlight inFlight,
        int maxBodyBytes) {

    public SideDoorOptions {
        if (maxBodyBytes < 0) {
            throw new IllegalArgumentException(
                    "maxBodyBytes: " + maxBodyBytes + " (expected: >= 0)");
        }
    }
}
