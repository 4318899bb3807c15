package io.fasterapi.batch;

import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.placement.Placement;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/** The threads that run batches. Thread-safe. */
@FunctionalInterface
public interface BatchWorkers {

    /**
     * Returns the executor of a group's next batch. The executor must run each task soon and throw
     * nothing.
     *
     * @param placement CORE or VIRTUAL
     * @param group the group's key, or null if the batcher has no groups
     */
    Executor workerOf(Placement placement, @Nullable Object group);

    /**
     * Returns workers on handler cores and threads. With groups, a batch runs on the core of the
     * group's key. Without groups it runs on the calling core if there is one, after the tasks
     * which that core has already taken. So those tasks' items form one batch, and a single item
     * needs no other thread.
     */
    static BatchWorkers of(HandlerCores cores, ThreadWorkers threads) {
        return (placement, group) ->
                placement == Placement.VIRTUAL
                        ? threads::execute
                        : batch -> execute(cores, coreOf(cores, group), batch);
    }

    /** Returns workers on Reactor's schedulers, for applications without cores. */
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
