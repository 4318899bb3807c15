package io.fasterapi.watchdog;

/** The name of a call that is found only when it is needed. All threads share it. */
@FunctionalInterface
public interface LateRoute {

    /**
     * Returns the name as far as it is known: an object that names the route and may be kept.
     * Called on the watchdog's thread while the call runs.
     */
    Object resolve();
}
