package io.fasterapi.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Whatever a batch ends in, each of its callers is told. */
class BatchErrorsChaosTest {

    private static final List<Throwable> FAILURES =
            List.of(
                    new StackOverflowError("injected"),
                    new OutOfMemoryError("injected"),
                    new NoClassDefFoundError("injected"),
                    new ExceptionInInitializerError("injected"),
                    new AssertionError("injected"),
                    new ThreadDeath(),
                    new IllegalStateException("injected"));

    private final Queue<Runnable> worker = new ConcurrentLinkedQueue<>();

    static Stream<Arguments> places() {
        return FAILURES.stream()
                .flatMap(
                        failure ->
                                Stream.of("method", "mono", "late mono", "item", "group", "null")
                                        .map(place -> Arguments.of(failure, place)));
    }

    /**
     * The caller's operators are those that throw errors of the JVM instead of passing them on, as
     * there are in WebFlux and in any application.
     */
    @ParameterizedTest
    @MethodSource("places")
    void eachCallerIsTold(Throwable failure, String place) {
        Sinks.One<List<BatchResult<String>>> late = Sinks.one();
        BatchFunction<String, String> function =
                items ->
                        switch (place) {
                            case "method" -> throw sneaky(failure);
                            case "mono" -> Mono.error(failure);
                            case "late mono" -> late.asMono();
                            case "null" -> null;
                            default ->
                                    Mono.just(
                                            items.stream()
                                                    .map(i -> BatchResult.<String>failed(failure))
                                                    .toList());
                        };
        Batcher<String, String> batcher =
                Batcher.create(
                        "errors",
                        BatchOptions.defaults(),
                        function,
                        item -> {
                            if (place.equals("group")) {
                                throw sneaky(failure);
                            }
                            return "group";
                        },
                        (placement, group) -> worker::add);
        List<Throwable> told = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            batcher.submit("item " + i)
                    .flux()
                    .doOnError(seen -> {}) // before a filter it throws errors of the JVM
                    .filter(value -> true)
                    .onErrorMap(seen -> seen)
                    .subscribe(value -> {}, told::add);
        }
        work();
        late.tryEmitError(failure);

        assertThat(told).hasSize(3);
        if (!place.equals("null")) {
            assertThat(told).allMatch(each -> each == failure || each.getCause() == failure);
        }
        assertThat(batcher.counters().queued()).isZero();
        assertThat(batcher.groups()).isZero();
        batcher.submit("next").subscribe();
        work(); // the lane has its permit
        assertThat(worker).isEmpty();
    }

    /** One that fails at its result, or at its subscription, is no matter of the others. */
    @Test
    void aCallerThatFailsCostsNobodyElseAnything() {
        Batcher<String, String> batcher =
                Batcher.create(
                        "errors",
                        BatchOptions.defaults(),
                        BatchFunction.ofList(items -> items),
                        (placement, group) -> worker::add);
        List<String> answers = new ArrayList<>();
        batcher.submit("fails").subscribe(new Failing(false));
        batcher.submit("fails at once").subscribe(new Failing(true));
        batcher.submit("fine").subscribe(answers::add);
        work();

        assertThat(answers).containsExactly("fine");
        assertThat(batcher.counters().queued()).isZero();
    }

    @Test
    void aListenerOfRefusalsThatFailsRefusesAllTheSame() {
        Batcher<String, String> batcher =
                Batcher.create(
                        "errors",
                        BatchOptions.defaults(),
                        BatchFunction.ofList(items -> items),
                        (placement, group) -> worker::add);
        batcher.onRefused(
                cause -> {
                    throw new StackOverflowError("injected");
                });
        batcher.close();
        List<Throwable> told = new ArrayList<>();
        batcher.submit("late").subscribe(value -> {}, told::add);

        assertThat(told).singleElement().isInstanceOf(BatchRefusedException.class);
    }

    /** Whether it took what it was given before it failed, or not. */
    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(booleans = {false, true})
    void aWorkerThatFailsNeitherLosesABatchNorLetsOneMoreBegin(boolean takesIt) {
        List<Sinks.One<List<String>>> underWay = new ArrayList<>();
        List<Runnable> kept = new ArrayList<>();
        Batcher<String, String> batcher =
                Batcher.create(
                        "errors",
                        BatchOptions.defaults().withMaxSize(1),
                        BatchFunction.ofMono(
                                items -> {
                                    Sinks.One<List<String>> end = Sinks.one();
                                    underWay.add(end);
                                    return end.asMono();
                                }),
                        (placement, group) ->
                                task -> {
                                    kept.add(task);
                                    if (takesIt) {
                                        task.run();
                                    }
                                    throw new OutOfMemoryError("injected");
                                });
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            batcher.submit("item " + i).subscribe(answers::add);
        }
        kept.forEach(Runnable::run); // it may keep what it failed to run
        assertThat(underWay).hasSize(1); // one at a time
        for (int i = 0; i < 4; i++) {
            assertThat(underWay).hasSize(i + 1);
            underWay.get(i).tryEmitValue(List.of("answer " + i));
            List.copyOf(kept).forEach(Runnable::run);
        }
        assertThat(answers).containsExactly("answer 0", "answer 1", "answer 2", "answer 3");
    }

    private void work() {
        Runnable task;
        while ((task = worker.poll()) != null) {
            task.run();
        }
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException sneaky(Throwable failure) throws X {
        throw (X) failure;
    }

    /** A caller that throws at whatever it is told. */
    private static final class Failing implements CoreSubscriber<String> {

        private final boolean atOnce;

        Failing(boolean atOnce) {
            this.atOnce = atOnce;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (atOnce) {
                throw new StackOverflowError("injected");
            }
            subscription.request(1);
        }

        @Override
        public void onNext(String value) {
            throw new NoClassDefFoundError("injected");
        }

        @Override
        public void onError(Throwable failure) {
            throw new OutOfMemoryError("injected");
        }

        @Override
        public void onComplete() {}
    }
}
