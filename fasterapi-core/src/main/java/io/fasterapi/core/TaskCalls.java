package io.fasterapi.core;

import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.watchdog.Activity;
import org.jspecify.annotations.Nullable;

/**
 * Calls the tasks of one core and handles what they throw. Each task that was taken is run, given
 * up or aborted. The thread that does the core's work runs tasks; any thread may call the rest.
 */
final class TaskCalls {

    /** The name of a task whose {@code route} throws. */
    private static final String UNNAMED = "work";

    private final HandlerCore core;
    private final Activity activity;

    TaskCalls(HandlerCore core) {
        this.core = core;
        this.activity = core.activity();
    }

    Object routeOf(CoreTask task) {
        try {
            return task.route();
        } catch (Throwable ex) {
            core.logError("a task failed when it was asked for its route", ex);
            return UNNAMED;
        }
    }

    /**
     * Returns the placement of a task's route. Null if the task must stay or {@code placement}
     * throws.
     */
    @Nullable RoutePlacement placementOf(CoreTask task) {
        try {
            return task.placement();
        } catch (Throwable ex) {
            core.logError("a task failed when it was asked for its placement", ex);
            return null;
        }
    }

    /** Runs a task under the watch of the watchdog. */
    void run(CoreTask task, Object route) {
        try {
            activity.begin(route);
            task.run(core);
        } catch (Throwable ex) {
            abort(task, ex);
        }
        activity.end(null);
    }

    /** Returns whether the task has ended, because it could be given up. */
    boolean giveUp(CoreTask task) {
        try {
            return task.giveUp();
        } catch (Throwable ex) {
            abort(task, ex);
            return true;
        }
    }

    /** Returns whether a task must stay where it is. True if {@code isOrdered} throws. */
    boolean isOrdered(CoreTask task) {
        try {
            return task.isOrdered();
        } catch (Throwable ex) {
            core.logError("a task failed when it was asked for its order", ex);
            return true;
        }
    }

    /** Returns whether a task goes first. False if {@code isEssential} throws. */
    boolean isEssential(CoreTask task) {
        try {
            return task.isEssential();
        } catch (Throwable ex) {
            core.logError("a task failed when it was asked whether it is essential", ex);
            return false;
        }
    }

    void abort(CoreTask task, Throwable cause) {
        try {
            task.abort(cause);
        } catch (Throwable ex) {
            core.logError("a task failed when it was aborted", ex);
        }
    }
}
