package io.fasterapi.bench.jcstress;

import io.fasterapi.core.LoopReturn;
import io.fasterapi.core.StressedCore;
import io.netty.channel.DefaultEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIZ_Result;

/**
 * Claim: what a core hands back to an event loop that fails after it has taken the task runs there
 * once, in the end, however far the loop has come when the core takes it back.
 */
@JCStressTest
@Outcome(id = "1, 1, true", expect = Expect.ACCEPTABLE, desc = "Each ran once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "One was lost, or ran twice.")
@State
public class CompletionBatchRetry {

    private static final StressedCore CORE = new StressedCore(2);
    private static final OutOfMemoryError NO_MEMORY = new OutOfMemoryError("injected");
    private static final Failing LOOP = new Failing();

    private final Item first = new Item();
    private final Item second = new Item();

    @Actor
    public void core() {
        LOOP.failOnce();
        CORE.execute(
                () -> {
                    first.returnToLoop();
                    second.returnToLoop();
                });
    }

    @Actor
    public void loop() {
        LOOP.wakeUp();
    }

    @Arbiter
    public void settled(IIZ_Result result) {
        Marker behind = new Marker();
        CORE.execute(() -> new Last(behind).returnToLoop());
        result.r3 = behind.await();
        result.r1 = first.runs.get();
        result.r2 = second.runs.get();
    }

    /** Fails once in a while, with the task in its queue. */
    private static final class Failing extends DefaultEventLoop {

        private final AtomicInteger faults = new AtomicInteger();

        /** Each fault would be a line of the log. */
        private final Logger logger = Logger.getLogger("io.fasterapi.core.CompletionBatch");

        Failing() {
            super(new DefaultThreadFactory("failing-loop", true));
            logger.setLevel(Level.OFF);
        }

        void failOnce() {
            faults.set(1);
        }

        void wakeUp() {
            super.execute(() -> {});
        }

        @Override
        public void execute(Runnable task) {
            super.execute(task);
            if (!inEventLoop() && faults.getAndSet(0) > 0) {
                throw NO_MEMORY;
            }
        }
    }

    private static final class Item extends LoopReturn {

        private final AtomicInteger runs = new AtomicInteger();

        Item() {
            super(LOOP);
        }

        @Override
        protected void onLoop() {
            runs.incrementAndGet();
        }
    }

    /** Takes a marker to the end of the chain. */
    private static final class Last extends LoopReturn {

        private final Marker marker;

        Last(Marker marker) {
            super(LOOP);
            this.marker = marker;
        }

        @Override
        protected void onLoop() {
            marker.run();
        }
    }
}
