package io.fasterapi.spring.server;

import io.fasterapi.placement.Placements;
import io.fasterapi.placement.RoutePlacement;
import java.util.List;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import reactor.core.Exceptions;
import reactor.core.scheduler.Schedulers;

/**
 * Logs which routes may wait for ever after an error of the JVM has ended a task of a scheduler.
 * Reactor tells no subscriber of such an error. It runs on the scheduler's thread.
 */
final class StrayErrors {

    private static final Log LOGGER = LogFactory.getLog(StrayErrors.class);

    /** The most routes that are named. */
    private static final int MOST_NAMES = 10;

    private StrayErrors() {}

    /** Starts to listen. */
    static void listen(Placements placements) {
        Schedulers.onHandleError(key(placements), (thread, ex) -> thrown(thread, ex, placements));
    }

    /** Stops listening. */
    static void leave(Placements placements) {
        Schedulers.resetOnHandleError(key(placements));
    }

    private static String key(Placements placements) {
        return StrayErrors.class.getName() + "." + System.identityHashCode(placements);
    }

    private static void thrown(Thread thread, Throwable failure, Placements placements) {
        if (!Exceptions.isFatal(failure)) {
            return;
        }
        List<String> underWay =
                placements.routes().stream()
                        .map(RoutePlacement::load)
                        .filter(load -> load.underWay() > 0)
                        .map(load -> load.route() + " (" + load.underWay() + ")")
                        .limit(MOST_NAMES)
                        .toList();
        if (!underWay.isEmpty()) {
            LOGGER.error(
                    "FasterAPI: "
                            + failure
                            + " on "
                            + thread.getName()
                            + " reached no subscriber. If it belongs to a request, that request has no"
                            + " answer until its deadline or until the client hangs up. Under way: "
                            + String.join(", ", underWay));
        }
    }
}
