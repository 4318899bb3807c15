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
import org.openjdk.jcstress.infra.results.II_Result;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Claim: an item that is submitted just while the batch before it ends is answered once, and does
 * not stay in the queue.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Answered once.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Lost, or answered twice.")
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
    private final int[] answers = new int[1];

    public BatchHandOver() {
        batcher.submit(0).subscribe(); // its batch is under way
    }

    @Actor
    public void end() {
        before.tryEmitValue(List.of(0));
    }

    @Actor
    public void submit() {
        batcher.submit(1).subscribe(value -> answers[0]++);
    }

    @Arbiter
    public void settled(II_Result result) {
        result.r1 = answers[0];
        result.r2 = batcher.counters().queued();
    }
}
