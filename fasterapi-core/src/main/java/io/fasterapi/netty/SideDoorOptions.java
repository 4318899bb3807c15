package io.fasterapi.netty;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;

/**
 * What direct routes need beside their tree.
 *
 * @param placements where routes run
 * @param threads run those that are placed on threads of their own
 * @param json reads JSON
 * @param writers write bodies
 * @param failures answers for handlers that failed
 * @param admission decides which requests are served
 * @param maxBodyBytes the longest request body that is read, in bytes
 */
public record SideDoorOptions(
        Placements placements,
        ThreadWorkers threads,
        JsonCodec json,
        BodyWriters writers,
        FailureAnswer failures,
        Admission admission,
        int maxBodyBytes) {

    public SideDoorOptions {
        if (maxBodyBytes < 0) {
            throw new IllegalArgumentException(
                    "maxBodyBytes: " + maxBodyBytes + " (expected: >= 0)");
        }
    }

    /** Creates options for a placement that needs no configuration, with our own writers alone. */
    public SideDoorOptions(
            Placement placement,
            JsonCodec json,
            FailureAnswer failures,
            ConcurrencyLimiter limiter,
            int maxBodyBytes) {
        this(
                Placements.of(placement),
                ThreadWorkers.pooled(),
                json,
                BodyWriters.of(json),
                failures,
                Admission.of(limiter),
                maxBodyBytes);
    }
}
