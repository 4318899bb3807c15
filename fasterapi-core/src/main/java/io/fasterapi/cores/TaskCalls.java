package io.fasterapi.cores;

import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.watch.Activity;
import org.jspecify.annotations.Nullable;

/**
 * Calls tasks for one core, whatever they throw: a task that was taken is run, given up or aborted.
 * Tasks are run by the thread that runs the core's work, all else is done by any.
 */
final class TaskCalls {

    /** What work is called that fails to say so. */
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

    /** Returns where a task's route runs; null if it stays where it is, or cannot say. */
    @Nullable RoutePlacement placementOf(CoreTask task) {
        try {
            return task.placement();
        } catch (Throwable ex) {
            core.logError("a task failed when it was asked for its placement", ex);
            return null;
        }
    }

    /** Runs a task, where the watchdog sees it. */
    void run(CoreTask task, Object route) {
        try {
            activity.begin(route);
            task.run(core);
        } catch (Throwable ex) {
            abort(task, ex);
        }
        activity.end(null);
    }

    /** Returns whether a task is over, since it may be given up. */
    boolean giveUp(CoreTask task) {
        try {
            return task.giveUp();
        } catch (Throwable ex) {
            abort(task, ex);
            return true;
        }
    }

    /** Returns whether a task must be run where it is; one that cannot say is. */
    boolean isOrdered(CoreTask task) {
        try {
            return task.isOrdered();
        } catch (Throwable ex) {
            core.logError("a task failed when it was asked for its order", ex);
            return true;
        }
    }

    /** Returns whether a task goes first; one that cannot say does not. */
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
