package io.fasterapi.server;

import io.fasterapi.exchange.InFlight;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.placement.Placement;
import io.fasterapi.write.BodyWriters;

/**
 * What direct routes need beside their tree.
 *
 * @param placement where routes run that name no placement of their own
 * @param json reads JSON
 * @param writers write bodies
 * @param failures answers for handlers that failed
 * @param inFlight counts exchanges under way
 * @param maxBodyBytes the longest request body that is read, in bytes
 */
public record SideDoorOptions(
        Placement placement,
        JsonCodec json,
        BodyWriters writers,
        FailureAnswer failures,
        InFlight inFlight,
        int maxBodyBytes) {

    public SideDoorOptions {
        if (maxBodyBytes < 0) {
            throw new IllegalArgumentException(
                    "maxBodyBytes: " + maxBodyBytes + " (expected: >= 0)");
        }
    }

    /** Creates options whose bodies are written by our own writers alone. */
    public SideDoorOptions(
            Placement placement,
            JsonCodec json,
            FailureAnswer failures,
            InFlight inFlight,
            int maxBodyBytes) {
        this(placement, json, BodyWriters.of(json), failures, inFlight, maxBodyBytes);
    }
}
