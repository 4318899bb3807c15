package io.fasterapi.bench.jcstress;

import io.fasterapi.batch.BatchFunction;
import io.fasterapi.batch.BatchOptions;
import io.fasterapi.batch.Batcher;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Claim: an item that is submitted, or taken back, just while the batch before it ends is answered
 * once, or at most once, and none stays in the queue.
 */
@JCStressTest
@Outcome(
        id = {"1, 0, 0", "1, 1, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "Answered, the other one too unless it was taken back in time.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, answered twice, or left in the queue.")
@State
public class BatchHandOver {

    private final Sinks.One<List<Integer>> before = Sinks.one();
    private final Batcher<Integer, Integer> batcher =
            Batcher.create(
                    "stress",
                    BatchOptions.defaults(),
                    BatchFunction.ofMono(
                            items -> items.get(0) == 0 ? before.asMono() : Mono.just(items)),
                    (placement, group) -> Runnable::run);
    private final int[] answers = new int[3];
    private final Disposable waiting;

    public BatchHandOver() {
        batcher.submit(0).subscribe(); // its batch is under way
        waiting = batcher.submit(1).subscribe(value -> answers[1]++);
    }

    @Actor
    public void end() {
        before.tryEmitValue(List.of(0));
    }

    @Actor
    public void submit() {
        batcher.submit(2).subscribe(value -> answers[2]++);
    }

    @Actor
    public void takeBack() {
        waiting.dispose();
    }

    @Arbiter
    public void settled(III_Result result) {
        result.r1 = answers[2];
        result.r2 = answers[1];
        result.r3 = batcher.counters().queued();
    }
}
