package io.fasterapi.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import reactor.core.publisher.Operators;
import reactor.test.publisher.TestPublisher;

/** Who gets the first element, and when, and the failure after it. */
class FirstAheadFluxTest {

    private static final IllegalStateException FAILURE = new IllegalStateException("meant");

    private final TestPublisher<Integer> source = TestPublisher.create();
    private final List<Integer> released = new ArrayList<>();
    private final FirstAheadFlux<Integer> ahead = new FirstAheadFlux<>(source, released::add);
    private final Signals<Integer> subscriber = new Signals<>();

    private void assertAskedFor(int elements) {
        source.assertMinRequested(elements);
        source.assertMaxRequested(elements);
    }

    @Test
    void oneElementIsTakenAheadAndTheOthersWhenTheyAreAskedFor() {
        ahead.open();
        assertAskedFor(1);
        source.next(0);
        ahead.subscribe(subscriber);
        assertThat(subscriber.seen).isEmpty();

        subscriber.request(1);
        assertThat(subscriber.seen).containsExactly(0);
        assertAskedFor(0);
        subscriber.request(3);
        assertAskedFor(3);
        source.next(1, 2);
        assertAskedFor(1);
        source.complete();
        assertThat(subscriber.seen).containsExactly(0, 1, 2, Signals.COMPLETE);
        assertThat(released).isEmpty();
    }

    @Test
    void oneThatComesLaterIsGivenToWhoAskedForIt() {
        ahead.open();
        ahead.subscribe(subscriber);
        subscriber.request(2);
        source.next(0);
        assertAskedFor(1);
        source.next(1);

        assertThat(subscriber.seen).containsExactly(0, 1);
    }

    @Test
    void aFailureWaitsUntilMoreIsAskedForThanTheElementBeforeIt() {
        ahead.open();
        source.next(0).error(FAILURE);
        ahead.subscribe(subscriber);
        assertThat(subscriber.seen).isEmpty();
        subscriber.request(1);
        assertThat(subscriber.seen).containsExactly(0);
        subscriber.request(1);

        assertThat(subscriber.seen).containsExactly(0, FAILURE);
        assertThat(released).isEmpty();
    }

    @Test
    void aFailureBeforeAnyElementWaitsForNobody() {
        ahead.open();
        source.error(FAILURE);
        ahead.subscribe(subscriber);

        assertThat(subscriber.seen).containsExactly(FAILURE);
    }

    @Test
    void theEndOfAStreamOfOneElementFollowsIt() {
        ahead.open();
        source.next(0).complete();
        ahead.subscribe(subscriber);
        assertThat(subscriber.seen).isEmpty();
        subscriber.request(1);

        assertThat(subscriber.seen).containsExactly(0, Signals.COMPLETE);
    }

    @Test
    void theFirstElementIsReleasedOnceIfNobodyReceivesIt() {
        ahead.open();
        source.next(0);
        ahead.subscribe(subscriber);
        subscriber.cancel();
        subscriber.request(1);

        source.assertCancelled();
        assertThat(released).containsExactly(0);
        assertThat(subscriber.seen).isEmpty();
    }

    @Test
    void alsoIfItComesAfterTheCancellation() {
        AtomicReference<Subscriber<? super Integer>> late = new AtomicReference<>();
        FirstAheadFlux<Integer> other =
                new FirstAheadFlux<>(
                        actual -> {
                            late.set(actual);
                            actual.onSubscribe(Operators.emptySubscription());
                        },
                        released::add);
        other.open();
        other.subscribe(subscriber);
        subscriber.cancel();
        late.get().onNext(0);

        assertThat(released).containsExactly(0);
        assertThat(subscriber.seen).isEmpty();
    }
}
