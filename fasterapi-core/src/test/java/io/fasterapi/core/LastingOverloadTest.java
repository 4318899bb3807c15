package io.fasterapi.core;

import static io.fasterapi.core.SimulatedCore.MILLI;
import static io.fasterapi.core.SimulatedCore.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.core.SimulatedCore.Kind;
import io.fasterapi.core.SimulatedCore.Request;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is refused, and what is not, with a patience of a second: simulated, so that a second is
 * one. A request takes 5 ms of CPU unless said otherwise: 200 per second are all that can be done.
 */
class LastingOverloadTest {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long CAPACITY = 200;

    private final SimulatedCore core = new SimulatedCore(PATIENCE).warm();

    private static List<Long> numbers(List<Request> requests) {
        return requests.stream().map(each -> each.number).toList();
    }

    private static long quantile(List<Request> requests, double part) {
        List<Long> sorted = requests.stream().map(Request::latencyNanos).sorted().toList();
        return sorted.get((int) (part * (sorted.size() - 1)));
    }

    private static List<Request> since(long nanos, List<Request> requests) {
        return requests.stream().filter(each -> each.atNanos >= nanos).toList();
    }

    private void assertAllInOrder() {
        assertThat(core.refused).isEmpty();
        assertThat(core.answered).isNotEmpty();
        assertThat(numbers(core.answered)).isSorted();
        assertThat(core.isOverloaded()).isFalse();
    }

    /** Also of one that takes half a second longer: what came last is not late by much. */
    @ParameterizedTest
    @ValueSource(ints = {200, 300})
    void aBurstThatClearsIsAnsweredInFull(int requests) {
        core.burst(requests);
        core.run(3 * SECOND);
        assertAllInOrder();
        assertThat(core.answered).hasSize(requests);
    }

    /** Overload begins, but is none. */
    @Test
    void soIsOneOfThreeSeconds() {
        core.burst(590);
        core.run(SECOND + 50 * MILLI);
        assertThat(core.isOverloaded()).isTrue();
        core.run(3 * SECOND);
        assertThat(core.refused).isEmpty();
        assertThat(core.answered).hasSize(590);
    }

    @ParameterizedTest
    @CsvSource({
        "1,    5000, 1",
        "64,   5000, 1",
        "190,  5000, 1",
        "64,   5000, 0.2", // others have the rest of the CPU
        "1000, 100,  0.03",
    })
    void clientsThatAskAgainAtOnceAreAnsweredInOrder(int clients, long micros, double share) {
        core.serving(moment -> micros * MILLI / 1_000).withShareOfCpu(share);
        core.closedLoop(clients);
        core.run(60 * SECOND);
        assertAllInOrder();
    }

    /** Until code is compiled nothing is overload, whatever the first requests take. */
    @Test
    void aColdCoreIsNotOverloaded() {
        SimulatedCore cold = new SimulatedCore(PATIENCE);
        long begun = cold.now();
        cold.serving(moment -> moment - begun < 4 * SECOND ? 50 * MILLI : 5 * MILLI);
        cold.closedLoop(100);
        cold.run(60 * SECOND);
        assertThat(cold.refused).isEmpty();
        assertThat(numbers(cold.answered)).isSorted();
    }

    /** Slower than ever for a while, for a reason that nobody knows: 64 of 40 ms are too much. */
    @Test
    void aLoopOfClientsThatWasOverloadedIsAnsweredInOrderAgain() {
        long begun = core.now();
        core.serving(moment -> moment - begun < 3 * SECOND / 2 ? 40 * MILLI : 5 * MILLI);
        core.closedLoop(64);
        core.run(3 * SECOND / 2);
        assertThat(core.isOverloaded()).isTrue();
        core.run(60 * SECOND);
        assertThat(core.refused).isEmpty();
        assertThat(core.isOverloaded()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {1.5, 2, 4})
    void underLastingOverloadTheNewestAreAnsweredAtOnce(double factor) {
        core.openLoop(factor * CAPACITY, Kind.USUAL, 40 * SECOND);
        core.openLoop(10, Kind.ESSENTIAL, 40 * SECOND);
        core.run(5 * SECOND);
        long begun = core.now();
        core.run(35 * SECOND);
        assertThat(core.isOverloaded()).isTrue();

        List<Request> answered = since(begun, core.answered);
        assertThat(answered.size()).isGreaterThan((int) (0.97 * 35 * CAPACITY));
        assertThat(quantile(answered, 0.5)).isLessThan(50 * MILLI);
        assertThat(quantile(answered, 0.99)).isLessThan(SECOND);
        assertThat(quantile(answered, 1)).isLessThan(SECOND + 20 * MILLI);
        assertThat(answered)
                .filteredOn(each -> each.kind == Kind.ESSENTIAL)
                .hasSizeGreaterThan(300)
                .allMatch(each -> each.latencyNanos() < 50 * MILLI);

        List<Request> refused = since(begun, core.refused);
        assertThat(refused).noneMatch(each -> each.kind == Kind.ESSENTIAL);
        assertThat(refused.size()).isGreaterThan((int) (0.9 * 35 * CAPACITY * (factor - 1)));
        assertThat(refused).allMatch(each -> each.latencyNanos() >= SECOND);
        assertThat(quantile(refused, 1)).isLessThan(2 * SECOND + 50 * MILLI);

        core.run(5 * SECOND); // nothing comes any more
        assertThat(core.depth()).isZero();
        assertThat(core.isOverloaded()).isFalse();
        core.refused.clear();
        core.answered.clear();
        core.closedLoop(64);
        core.run(10 * SECOND);
        assertAllInOrder();
    }

    /** What is refused comes again, which looks as if ever more came. */
    @Test
    void afterAnOverloadThoseWhoAskAgainAtOnceAreServedAgain() {
        core.closedLoop(64);
        core.openLoop(2 * CAPACITY, Kind.USUAL, 20 * SECOND);
        core.run(20 * SECOND);
        assertThat(core.refused).isNotEmpty();
        core.run(8 * SECOND);
        core.refused.clear();
        core.answered.clear();
        core.run(60 * SECOND);
        assertAllInOrder();
    }

    @Test
    void aPauseIsNoOverload() {
        core.burst(300);
        core.pause(2 * SECOND);
        core.run(3 * SECOND);
        assertAllInOrder();
    }

    /** All are too old; without the last the core would rest. */
    @Test
    void theLastThatWaitsIsServed() {
        long slow = core.now() + 10 * SECOND;
        core.serving(moment -> moment < slow ? 5 * MILLI : 3 * SECOND);
        core.openLoop(2 * CAPACITY, Kind.USUAL, 10 * SECOND);
        core.run(20 * SECOND);
        assertThat(core.depth()).isZero();
        List<Request> last = core.answered.subList(core.answered.size() - 2, core.answered.size());
        assertThat(last.get(0).endNanos)
                .isBetween(slow + 3 * SECOND, slow + 3 * SECOND + 5 * MILLI);
        assertThat(last.get(1).latencyNanos()).isGreaterThan(6 * SECOND);
    }

    @Test
    void whatCannotBeGivenUpIsServed() {
        core.openLoop(2 * CAPACITY, Kind.USUAL, 20 * SECOND);
        core.openLoop(10, Kind.KEPT, 20 * SECOND);
        core.run(25 * SECOND);
        assertThat(core.refused).isNotEmpty().noneMatch(each -> each.kind == Kind.KEPT);
        assertThat(core.answered)
                .filteredOn(each -> each.kind == Kind.KEPT)
                .hasSizeGreaterThan(150);
        assertThat(core.depth()).isZero();
    }

    /** The core is as busy with what comes back to it. */
    @Test
    void workThatComesLaterCounts() {
        core.openLoop(2 * CAPACITY, Kind.LATE, 30 * SECOND);
        core.run(5 * SECOND);
        long begun = core.now();
        core.run(25 * SECOND);
        List<Request> answered = since(begun, core.answered);
        assertThat(answered.size()).isGreaterThan((int) (0.95 * 25 * CAPACITY));
        assertThat(quantile(answered, 0.5)).isLessThan(50 * MILLI);
        assertThat(quantile(answered, 0.99)).isLessThan(SECOND);
    }

    /** Those of one key stay in order, and are not late either. */
    @Test
    void whatMustBeInOrderStaysInOrder() {
        core.openLoop(2 * CAPACITY, Kind.ORDERED, 20 * SECOND);
        core.run(20 * SECOND);
        assertThat(numbers(core.answered)).isSorted();
        assertThat(core.answered.size()).isGreaterThan((int) (0.97 * 20 * CAPACITY));
        assertThat(core.refused).isNotEmpty();
        assertThat(core.refused).allMatch(each -> each.latencyNanos() > SECOND);
    }

    @Test
    void offMeansOff() {
        SimulatedCore off = new SimulatedCore(QueueTimeLimit.none()).warm();
        off.openLoop(2 * CAPACITY, Kind.USUAL, 15 * SECOND);
        off.run(40 * SECOND);
        assertThat(off.refused).isEmpty();
        assertThat(numbers(off.answered)).isSorted();
        assertThat(off.depth()).isZero();
    }
}
