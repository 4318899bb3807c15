package io.fasterapi.watch;

/** The name of a call that is found out only if somebody asks. Shared by all threads. */
@FunctionalInterface
public interface LateRoute {

    /**
     * Returns what is known by now: something that names the route and that may be kept. Called on
     * the watchdog's thread while the call runs.
     */
    Object resolve();
}
