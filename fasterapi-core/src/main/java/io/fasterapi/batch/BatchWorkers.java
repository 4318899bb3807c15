package io.fasterapi.batch;

import io.fasterapi.cores.HandlerCore;
import io.fasterapi.cores.HandlerCores;
import io.fasterapi.cores.ThreadWorkers;
import io.fasterapi.placement.Placement;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/** The threads that run batches. Thread-safe. */
@FunctionalInterface
public interface BatchWorkers {

    /**
     * Returns what runs the next batch of a group. It must run what it is given, soon, and throws
     * nothing.
     *
     * @param placement CORE or VIRTUAL
     * @param group the group's key, or null if the batcher has none
     */
    Executor workerOf(Placement placement, @Nullable Object group);

    /**
     * Returns handler cores and threads. A batch runs on the core that calls, if it is one, behind
     * what that core has in hand: so it takes what is there as one batch, and a lone item needs no
     * other thread. With groups it runs on the core of the group's key.
     */
    static BatchWorkers of(HandlerCores cores, ThreadWorkers threads) {
        return (placement, group) ->
                placement == Placement.VIRTUAL
                        ? threads::execute
                        : batch -> execute(cores, coreOf(cores, group), batch);
    }

    /** Returns Reactor's schedulers, for where there are no cores. */
    static BatchWorkers schedulers() {
        return (placement, group) ->
                placement == Placement.VIRTUAL
                        ? batch -> Schedulers.boundedElastic().schedule(batch)
                        : batch -> Schedulers.parallel().schedule(batch);
    }

    private static HandlerCore coreOf(HandlerCores cores, @Nullable Object group) {
        if (group instanceof HandlerCore sharded) {
            return sharded;
        }
        if (group != null) {
            return cores.coreOf(group);
        }
        HandlerCore current = HandlerCore.current();
        return current == null ? cores.any() : current;
    }

    private static void execute(HandlerCores cores, HandlerCore core, Runnable batch) {
        if (core.isRunning()) {
            cores.execute(core, batch);
        } else {
            Schedulers.parallel().schedule(batch); // before the start or after the end
        }
    }
}
