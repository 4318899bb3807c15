package io.fasterapi.samples.onemillion;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * What clients send.
 *
 * @param userId who; null if the body names nobody
 * @param value is added up
 */
record Event(@Nullable String userId, double value) {

    /** Returns who sent this; without a name it is no event, and the answer 400. */
    String user() {
        if (userId == null || userId.isEmpty()) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "userId is empty");
        }
        return userId;
    }
}
