package io.fasterapi.spring.webflux.compile;

import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.LaneRestriction;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;

/** Says why a method cannot take the direct lane. At start-up only. */
final class NotCompilableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient LaneRestriction restriction;

    NotCompilableException(Reason reason, Object... names) {
        this(LaneRestriction.of(reason, Lane.FILTERED, names));
    }

    NotCompilableException(LaneRestriction restriction) {
        super(restriction.text());
        this.restriction = restriction;
    }

    LaneRestriction restriction() {
        return restriction;
    }
}
