package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a core reads its clock, and what it knows then. On a clock of the test's. */
class BatchClockTest {

    private static final long MICRO = 1_000;
    private static final int GROUP_ITEMS = 16;
    private static final long LONG = 100 * MICRO;
    private static final Object ROUTE = "GET /a";
    private static final Object OTHER = "GET /b";

    private final CoreCounters counters = new CoreCounters();
    private final OverloadControl overload =
            new OverloadControl(new QueueTimeLimit(Duration.ofSeconds(1)), counters, () -> 0, 0);
    private final LongCalls longCalls = new LongCalls(LONG);
    private final BatchClock clock = new BatchClock(this::read, counters, overload, longCalls);
    private long now = 1_000 * MICRO;
    private int readings;

    private long read() {
        readings++;
        return now;
    }

    @BeforeEach
    void begin() {
        clock.begin();
        readings = 0;
    }

    private void item(Object route, long publishedAt, long nanos, boolean timed) {
        clock.next(route);
        clock.begins(publishedAt);
        now += nanos;
        clock.ended(timed);
    }

    private void trivial(int items) {
        for (int i = 0; i < items; i++) {
            item(ROUTE, now, 0, false);
        }
    }

    /** The groups of one, of four, and of sixteen. */
    private void untilGroupsAreLargest() {
        trivial(1 + 4);
        readings = 0;
    }

    @Test
    void theEndOfAnItemIsTheBeginOfTheNext() {
        long published = now - MICRO;
        item(ROUTE, published, 5 * MICRO, true);
        item(ROUTE, published, 7 * MICRO, true);

        assertThat(readings).isEqualTo(2);
        assertThat(counters.taken()).isEqualTo(2);
        assertThat(counters.waitNanos()).isEqualTo(MICRO + 6 * MICRO);
        assertThat(counters.takeMaxWaitNanos()).isEqualTo(6 * MICRO);
        assertThat(counters.serviceNanos()).isEqualTo(12 * MICRO);
        assertThat(counters.takeMaxServiceNanos()).isEqualTo(7 * MICRO);
        assertThat(clock.passedNanos()).isEqualTo(12 * MICRO);
        assertThat(clock.beganNanos()).isEqualTo(now);
    }

    @Test
    void trivialItemsInARowShareAReading() {
        untilGroupsAreLargest();
        trivial(2 * GROUP_ITEMS);

        assertThat(readings).isEqualTo(2);
        assertThat(counters.taken()).isEqualTo(1 + 4 + 2 * GROUP_ITEMS);
        assertThat(clock.batchItems()).isEqualTo(1 + 4 + 2 * GROUP_ITEMS);
    }

    @Test
    void anAnswerThatWaitsEndsAGroup() {
        untilGroupsAreLargest();
        item(ROUTE, now, 0, true);
        assertThat(readings).isOne();
    }

    @Test
    void itemsThatTakeLongerAreTimedOneByOne() {
        untilGroupsAreLargest();
        for (int i = 0; i < GROUP_ITEMS; i++) {
            item(ROUTE, now, MICRO, false);
        }
        assertThat(readings).isOne();
        assertThat(counters.takeMaxServiceNanos()).isEqualTo(GROUP_ITEMS * MICRO);
        item(ROUTE, now, LONG, false);

        assertThat(readings).isEqualTo(2);
        assertThat(counters.takeMaxServiceNanos()).isEqualTo(LONG);
        assertThat(longCalls.mayBe(ROUTE)).isTrue();
    }

    @Test
    void anotherRouteIsTimedOnItsOwn() {
        untilGroupsAreLargest();
        item(ROUTE, now, MICRO, false);
        item(OTHER, now, LONG, false);

        assertThat(readings).isEqualTo(2);
        assertThat(longCalls.mayBe(ROUTE)).isFalse();
        assertThat(longCalls.mayBe(OTHER)).isTrue();
        assertThat(counters.serviceNanos()).isEqualTo(MICRO + LONG);
    }

    @Test
    void afterARestItemsAreTimedOneByOne() {
        untilGroupsAreLargest();
        clock.empty();
        trivial(1);
        assertThat(readings).isOne();
    }

    @Test
    void thePaceOfAGroupIsThatOfItsItems() {
        untilGroupsAreLargest();
        for (int i = 0; i < 100 * GROUP_ITEMS; i++) {
            item(ROUTE, now, 64, false);
        }
        assertThat(counters.paceNanos()).isBetween(60L, 64L);
    }

    @Test
    void aGroupThatAnExceptionHasEndedIsCounted() {
        untilGroupsAreLargest();
        clock.next(ROUTE);
        clock.begins(now);
        now += MICRO;
        clock.rest();

        assertThat(counters.taken()).isEqualTo(1 + 4 + 1);
        assertThat(counters.serviceNanos()).isEqualTo(MICRO);
        assertThat(clock.beganNanos()).isEqualTo(WaitingSlots.IDLE);
    }
}
