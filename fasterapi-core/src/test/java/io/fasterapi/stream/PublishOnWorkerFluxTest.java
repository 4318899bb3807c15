package io.fasterapi.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.publisher.TestPublisher;

/** What an event loop's source signals to a core, step by step. */
class PublishOnWorkerFluxTest {

    private static final int WINDOW = 32;

    /** With so many of them left more are asked for. */
    private static final int FEW = 8;

    private final ManualHops hops = new ManualHops();
    private final TestPublisher<Integer> source = TestPublisher.create();
    private final List<Integer> released = new ArrayList<>();
    private final List<Integer> delivered = new ArrayList<>();
    private final Signals<Integer> subscriber = new Signals<>();

    private void subscribe() {
        new PublishOnWorkerFlux<>(source.flux(), hops, released::add, delivered::add)
                .subscribe(subscriber);
        hops.run();
    }

    private void emit(int from, int to) {
        IntStream.range(from, to).forEach(source::next);
    }

    private void assertAskedFor(int elements) {
        source.assertMinRequested(elements);
        source.assertMaxRequested(elements);
    }

    private static List<Object> numbers(int to) {
        return IntStream.range(0, to).<Object>mapToObj(i -> i).toList();
    }

    @Test
    void nothingIsFetchedBeforeItIsAskedFor() {
        subscribe();
        source.assertSubscribers(1);
        assertAskedFor(0);

        subscriber.request(5);
        hops.run();
        assertAskedFor(5);
        emit(0, 5);
        hops.run();
        assertAskedFor(0);
        assertThat(subscriber.seen).isEqualTo(numbers(5));
        assertThat(delivered).hasSize(5);
        assertThat(released).isEmpty();
    }

    @Test
    void noMoreThanAWindowIsUnderWayAndMoreIsAskedForWhenFewAre() {
        subscribe();
        subscriber.requestUnbounded();
        hops.run();
        assertAskedFor(WINDOW);

        int most = WINDOW - FEW;
        emit(0, most - 1);
        hops.run();
        assertAskedFor(FEW + 1);
        emit(most - 1, most);
        hops.run();
        assertAskedFor(WINDOW);
        assertThat(subscriber.seen).isEqualTo(numbers(most));
    }

    /** They are on their way to the core when it gives up. */
    @Test
    void whatNobodyReceivesIsReleasedOnce() {
        subscribe();
        subscriber.request(20);
        hops.run();
        emit(0, 10);
        subscriber.cancel();
        hops.run();

        assertThat(released).isEqualTo(numbers(10));
        assertThat(subscriber.seen).isEmpty();
        assertThat(delivered).isEmpty();
        source.assertCancelled();
    }

    @Test
    void theEndComesOnceAfterTheElements() {
        subscribe();
        subscriber.request(5);
        hops.run();
        emit(0, 2);
        source.complete();
        hops.run();
        subscriber.request(5);
        hops.run();

        assertThat(subscriber.seen).containsExactly(0, 1, Signals.COMPLETE);
    }

    @Test
    void soDoesAFailure() {
        IllegalStateException failure = new IllegalStateException("meant");
        subscribe();
        subscriber.request(5);
        hops.run();
        emit(0, 2);
        source.error(failure);
        hops.run();

        assertThat(subscriber.seen).containsExactly(0, 1, failure);
    }

    @Test
    void aWriteThatIsCancelledBeforeItsTurnDoesNotBegin() {
        AtomicInteger begun = new AtomicInteger();
        Mono<Void> write = Mono.<Void>empty().doFirst(begun::incrementAndGet);
        Signals<Void> end = new Signals<>();
        PublishOnWorkerFlux.ofWrite(write, hops).subscribe(end);
        end.cancel();
        hops.run();
        assertThat(begun).hasValue(0);

        Signals<Void> other = new Signals<>();
        PublishOnWorkerFlux.ofWrite(write, hops).subscribe(other);
        other.request(1);
        hops.run();
        assertThat(begun).hasValue(1);
        assertThat(other.seen).containsExactly(Signals.COMPLETE);
    }
}
