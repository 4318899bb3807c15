package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GatheringConcurrencyTest {

    private final HandlerCores cores = new HandlerCores(Work.options(3, 1024));

    @AfterEach
    void stop() {
        cores.stop(Duration.ofSeconds(10));
    }

    /** Plain, since one core alone writes it. */
    private static final class Count {
        private long value;
    }

    @Test
    void theAnswersComeInTheOrderOfTheCores() {
        cores.start();
        assertThat(cores.gather(() -> HandlerCore.current().index()).join())
                .containsExactly(0, 1, 2);
        assertThat(cores.gather(() -> null).join()).containsOnlyNulls().hasSize(3);
    }

    /** The loop owes the core the wake-up that it would wait for. */
    @Test
    void anEventLoopThatPublishesMayNotWait() throws Exception {
        cores.start();
        try (Loops loops = new Loops(1)) {
            Work.Hold hold = new Work.Hold();
            loops.dispatch(cores, hold);
            hold.awaitEntered();
            List<String> refusals =
                    loops.call(
                            0,
                            () -> {
                                CompletableFuture<List<Integer>> asked = cores.gather(() -> 1);
                                return List.of(
                                        refusal(asked::get),
                                        refusal(() -> asked.get(1, TimeUnit.MINUTES)),
                                        refusal(asked::join),
                                        refusal(asked.thenApply(List::size)::join));
                            });
            assertThat(refusals)
                    .allSatisfy(
                            sentence ->
                                    assertThat(sentence)
                                            .startsWith(
                                                    "gather: its result was waited for on the thread ")
                                            .contains("which must not block"));
            hold.release();
            CompletableFuture<Integer> size =
                    loops.call(0, () -> cores.gather(() -> 1).thenApply(List::size));
            assertThat(size.get(30, TimeUnit.SECONDS)).isEqualTo(3);
            assertThat(loops.<Integer>call(0, size::join)).isEqualTo(3); // it is there
        }
    }

    @Test
    void aCoreMayNotWait() {
        cores.start();
        CompletableFuture<String> refused = new CompletableFuture<>();
        cores.cores().get(0).execute(() -> refused.complete(refusal(cores.gather(() -> 1)::join)));
        assertThat(refused.join())
                .startsWith("gather: its result was waited for on the thread test-core-0,");
    }

    private static String refusal(Callable<?> wait) {
        try {
            return "waited for " + wait.call();
        } catch (Exception ex) {
            return String.valueOf(ex.getMessage());
        }
    }

    @Test
    void underLoadEveryAnswerIsAsNewAsTheLastOneAndNothingIsStopped() throws Exception {
        cores.start();
        CoreLocal<Count> counts = new CoreLocal<>(cores, Count::new);
        AtomicBoolean ends = new AtomicBoolean();
        AtomicLong sent = new AtomicLong();
        try (Loops loops = new Loops(2)) {
            List<CompletableFuture<Void>> producers =
                    List.of(
                            produce(loops, 0, counts, sent, ends),
                            produce(loops, 1, counts, sent, ends));
            long last = 0;
            int rises = 0;
            while (rises < 100) { // however slowly the loops go on
                long now = sum(counts);
                assertThat(now).isGreaterThanOrEqualTo(last);
                rises += now > last ? 1 : 0;
                last = now;
            }
            ends.set(true);
            for (CompletableFuture<Void> producer : producers) {
                producer.get(30, TimeUnit.SECONDS);
            }

            await().untilAsserted(() -> assertThat(sum(counts)).isEqualTo(sent.get()));
        }
    }

    private long sum(CoreLocal<Count> counts) {
        return cores.gather(() -> counts.get().value).join().stream().mapToLong(n -> n).sum();
    }

    private CompletableFuture<Void> produce(
            Loops loops, int loop, CoreLocal<Count> counts, AtomicLong sent, AtomicBoolean ends) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        loops.get(loop)
                .execute(
                        new Runnable() {
                            @Override
                            public void run() {
                                for (int i = 0; i < 50; i++) {
                                    Work work = new Work(() -> counts.get().value++);
                                    if (cores.dispatch(work, loops.get(loop))) {
                                        sent.incrementAndGet();
                                    }
                                }
                                if (ends.get()) {
                                    end.complete(null);
                                } else {
                                    loops.get(loop).execute(this);
                                }
                            }
                        });
        return end;
    }

    @Test
    void aLoopAndACoreMayAskToo() throws Exception {
        cores.start();
        try (Loops loops = new Loops(1)) {
            loops.dispatch(cores, new Work());
            CompletableFuture<List<Integer>> fromLoop =
                    loops.call(0, () -> cores.gather(() -> HandlerCore.current().index()));
            assertThat(fromLoop.get(20, TimeUnit.SECONDS)).containsExactly(0, 1, 2);

            CompletableFuture<List<Integer>> fromCore = new CompletableFuture<>();
            loops.dispatch(
                    cores,
                    new Work(
                            () ->
                                    cores.gather(() -> HandlerCore.current().index())
                                            .thenAccept(fromCore::complete)));
            assertThat(fromCore.get(20, TimeUnit.SECONDS)).containsExactly(0, 1, 2);
        }
    }

    @Test
    void theFailureOfOneIsTheFailureOfAll() {
        cores.start();
        assertThatThrownBy(() -> cores.gather(GatheringConcurrencyTest::failOnTheSecond).join())
                .isInstanceOf(CompletionException.class)
                .cause()
                .hasMessage("meant");
        assertThat(cores.gather(() -> 1).join()).containsExactly(1, 1, 1);
    }

    private static int failOnTheSecond() {
        if (HandlerCore.current().index() == 1) {
            throw new AssertionError("meant");
        }
        return 0;
    }

    @Test
    void aCoreThatDoesNotRunIsAFailureAndNoWait() {
        assertStopped();
        cores.start();
        HandlerCore ended = cores.cores().get(1);
        ended.beginStop();
        await().until(() -> !ended.isRunning());
        assertStopped();
        stop();
        assertStopped();
    }

    private void assertStopped() {
        assertThatThrownBy(() -> cores.gather(() -> 1).get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(CoreStoppedException.class)
                .hasMessageContaining("test-core-");
    }

    /** Each part runs on its core or fails, whatever the moment at which the core stops. */
    @Test
    void stoppingMeanwhileHangsNothing() throws Exception {
        int answered = 0;
        try (Loops loops = new Loops(1)) {
            for (int i = 0; i < 100; i++) {
                cores.start();
                loops.dispatch(cores, new Work()); // so that the loop owes its wake-ups
                CompletableFuture<CompletableFuture<List<Boolean>>> asked =
                        CompletableFuture.supplyAsync(this::ask, loops.get(0));
                CompletableFuture<List<Boolean>> here = ask();
                stop();
                answered += outcome(here) + outcome(asked.get(20, TimeUnit.SECONDS));
            }
        }
        assertThat(answered).isPositive();
    }

    private CompletableFuture<List<Boolean>> ask() {
        return cores.gather(() -> HandlerCore.current() != null);
    }

    private static int outcome(CompletableFuture<List<Boolean>> result) throws Exception {
        try {
            assertThat(result.get(20, TimeUnit.SECONDS)).containsExactly(true, true, true);
            return 1;
        } catch (ExecutionException ex) {
            assertThat(ex).hasCauseInstanceOf(CoreStoppedException.class);
            return 0;
        }
    }
}
