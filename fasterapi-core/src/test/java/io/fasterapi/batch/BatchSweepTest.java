package io.fasterapi.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

/** Callers that come and go while a batch takes its time. */
class BatchSweepTest {

    private static final int MAX_QUEUE = 2;

    private final Queue<Runnable> worker = new ConcurrentLinkedQueue<>();

    /** Else clients that hang up decide how much memory is kept. */
    @Test
    void noMoreOfTheirItemsIsKeptThanMayWait() {
        Sinks.One<List<Object>> slow = Sinks.one();
        Batcher<Object, Object> batcher =
                Batcher.create(
                        "swept",
                        BatchOptions.defaults().withMaxQueue(MAX_QUEUE),
                        BatchFunction.ofMono(items -> slow.asMono()),
                        (placement, group) -> worker::add);
        batcher.submit("slow").subscribe();
        worker.remove().run();
        List<WeakReference<Object>> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(comesAndGoes(batcher));
        }

        assertThat(batcher.counters().cancelled()).isEqualTo(100);
        await().untilAsserted(
                        () -> {
                            System.gc();
                            assertThat(items)
                                    .filteredOn(item -> item.get() != null)
                                    .hasSizeLessThanOrEqualTo(MAX_QUEUE);
                        });
        assertThat(slow.tryEmitValue(List.of("done"))).isEqualTo(Sinks.EmitResult.OK);
    }

    private static WeakReference<Object> comesAndGoes(Batcher<Object, Object> batcher) {
        Object item = new Object();
        batcher.submit(item).subscribe().dispose();
        return new WeakReference<>(item);
    }
}
