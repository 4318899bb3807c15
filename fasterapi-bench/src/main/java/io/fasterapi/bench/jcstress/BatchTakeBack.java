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
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Claim: an item that is taken back just while the batch before it ends is answered at most once,
 * and does not stay in the queue.
 */
@JCStressTest
@Outcome(
        id = {"0, 0", "1, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "Taken back, or not.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Answered twice, or left behind.")
@State
public class BatchTakeBack {

    private final Sinks.One<List<Integer>> before = Sinks.one();
    private final Batcher<Integer, Integer> batcher =
            Batcher.create(
                    "stress",
                    BatchOptions.defaults(),
                    BatchFunction.ofMono(
                            items -> items.get(0) == 0 ? before.asMono() : Mono.just(items)),
                    (placement, group) -> Runnable::run);
    private final int[] answers = new int[1];

    private final Disposable waiting;

    public BatchTakeBack() {
        batcher.submit(0).subscribe(); // its batch is under way
        waiting = batcher.submit(1).subscribe(value -> answers[0]++);
    }

    @Actor
    public void end() {
        before.tryEmitValue(List.of(0));
    }

    @Actor
    public void takeBack() {
        waiting.dispose();
    }

    @Arbiter
    public void settled(II_Result result) {
        result.r1 = answers[0];
        result.r2 = batcher.counters().queued();
    }
}
