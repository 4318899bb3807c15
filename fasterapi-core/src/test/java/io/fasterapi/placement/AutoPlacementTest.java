package io.fasterapi.placement;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AutoPlacementTest {

    private static final long QUICK = 3_000;
    private static final long MILLI = 1_000_000;

    private final PromotionLimit limit = new PromotionLimit();
    private final List<PlacementMove> moves = new ArrayList<>();
    private final AutoPlacement route =
            new AutoPlacement("GET /x", RouteLoad.unlimited(), limit, moves::add);

    @BeforeEach
    void calibrate() {
        limit.calibrate(20_000);
    }

    private void run(int calls, long wallNanos, long cpuNanos) {
        for (int i = 0; i < calls; i++) {
            route.ran(route.now(), wallNanos, cpuNanos, 0);
        }
    }

    private void promote() {
        run(2 * AutoPlacement.WINDOW, QUICK, QUICK);
        assertThat(route.now()).isEqualTo(Placement.INLINE);
    }

    @Test
    void beginsOnACore() {
        assertThat(route.now()).isEqualTo(Placement.CORE);
        assertThat(route.describe()).isEqualTo("auto: core");
    }

    @Test
    void whatIsRememberedOfLongCallsIsBounded() {
        for (int i = 0; i < 1_000; i++) {
            route.ran(Placement.CORE, MILLI, 0, 0); // suspected for too short a time to move
        }
        assertThat(route.now()).isEqualTo(Placement.CORE);
        assertThat(route.points()).isEqualTo(AutoPlacement.MOST);
        run(AutoPlacement.MOST + 10, 500_000, 500_000);
        assertThat(route.points()).isZero();
    }

    @Test
    void quickCallsMoveToTheLoopOnceTheyAreWarm() {
        run(2 * AutoPlacement.WINDOW - 1, QUICK, QUICK);
        assertThat(route.now()).isEqualTo(Placement.CORE);
        run(1, QUICK, QUICK);

        assertThat(route.now()).isEqualTo(Placement.INLINE);
        assertThat(moves)
                .singleElement()
                .satisfies(
                        move -> {
                            assertThat(move.from()).isEqualTo(Placement.CORE);
                            assertThat(move.reason())
                                    .isEqualTo("0 of the last 1024 calls took 10.0 us or longer");
                        });
    }

    @Test
    void oneSlowCallInTenKeepsARouteOnItsCore() {
        for (int i = 0; i < 10 * AutoPlacement.WINDOW; i++) {
            long nanos = i % 10 == 0 ? 30_000 : QUICK;
            route.ran(route.now(), nanos, nanos, 0);
        }
        assertThat(route.now()).isEqualTo(Placement.CORE);
    }

    @Test
    void onABusyMachineTimeWithoutACpuKeepsNoRouteOnItsCore() {
        for (int i = 0; i < 3 * AutoPlacement.WINDOW; i++) {
            boolean held = i % 10 == 0 && route.now() == Placement.CORE;
            long ready = held && route.isSuspected() ? 40_000 : 0;
            route.ran(route.now(), held ? 42_000 : QUICK, held ? 42_000 - ready : QUICK, ready);
        }
        assertThat(route.now()).isEqualTo(Placement.INLINE);
        assertThat(moves.get(0).reason())
                .endsWith("10.0 us or longer, not counting time without a CPU");
    }

    @Test
    void whereMostCallsAreSlowTheirTimeWithoutACpuIsNotAsked() {
        run(2 * AutoPlacement.WINDOW, 30_000, 30_000);
        assertThat(route.isSuspected()).isFalse();
    }

    /** To know the time without a CPU costs system calls, which here do not help. */
    @Test
    void whereSomeCallsAreAlwaysSlowTheirTimeWithoutACpuIsAskedEverMoreRarely() {
        int suspected = 0;
        int windows = 1_000;
        for (int i = 0; i < windows * AutoPlacement.WINDOW; i++) {
            suspected += route.isSuspected() ? 1 : 0;
            long nanos = i % 4 == 0 ? 30_000 : QUICK;
            route.ran(route.now(), nanos, nanos, 0);
        }
        assertThat(route.now()).isEqualTo(Placement.CORE);
        assertThat(suspected / AutoPlacement.WINDOW).isBetween(10, 30);
    }

    @Test
    void nothingMovesToTheLoopBeforeTheHopIsMeasured() {
        AutoPlacement early =
                new AutoPlacement(
                        "GET /x", RouteLoad.unlimited(), new PromotionLimit(), moves::add);
        for (int i = 0; i < 10 * AutoPlacement.WINDOW; i++) {
            early.ran(early.now(), 1, 1, 0);
        }
        assertThat(early.now()).isEqualTo(Placement.CORE);
    }

    @Test
    void computingCallsStayOnTheirCore() {
        run(10 * AutoPlacement.WINDOW, 5 * MILLI, 5 * MILLI);
        assertThat(route.now()).isEqualTo(Placement.CORE);
        assertThat(moves).isEmpty();
    }

    @Test
    void computingCallsThatWaitForACpuStayOnTheirCore() {
        run(100, 30 * MILLI, 5 * MILLI);
        assertThat(route.now()).isEqualTo(Placement.CORE);
    }

    @Test
    void onceSuspectedTimeWithoutACpuIsNoWaiting() {
        run(1, 6 * MILLI, MILLI / 2);
        assertThat(route.isSuspected()).isTrue();
        for (int i = 0; i < 100; i++) {
            route.ran(route.now(), 6 * MILLI, MILLI / 2, 5 * MILLI);
        }
        assertThat(route.now()).isEqualTo(Placement.CORE);
        assertThat(route.isSuspected()).isFalse();
    }

    @Test
    void aCallThatHadNoCpuForAWhileStaysOnItsLoop() {
        promote();
        route.ran(Placement.INLINE, 6 * MILLI, MILLI / 2, 5 * MILLI);
        assertThat(route.now()).isEqualTo(Placement.INLINE);
    }

    @Test
    void waitingCallsMoveToThreadsAtTheSixth() {
        run(5, 100 * MILLI, MILLI);
        assertThat(route.now()).isEqualTo(Placement.CORE);
        run(1, 100 * MILLI, MILLI);

        assertThat(route.now()).isEqualTo(Placement.VIRTUAL);
        assertThat(moves.get(0).reason())
                .isEqualTo(
                        "its calls wait, the last one for 100.0 ms with at most 1.0 ms on a CPU or"
                                + " ready for one");
    }

    @Test
    void theSecondCallThatIsSeenToWaitMovesTheRoute() {
        route.waits(12 * MILLI);
        assertThat(route.now()).isEqualTo(Placement.CORE);
        route.waits(15 * MILLI);

        assertThat(route.now()).isEqualTo(Placement.VIRTUAL);
        assertThat(moves.get(0).reason())
                .isEqualTo("its calls wait, the last one for 15.0 ms so far");
    }

    /** Its end is one more of those that waited. */
    @Test
    void theSecondOneIsEnoughThoughTheFirstHasReturned() {
        route.waits(12 * MILLI);
        run(1, 100 * MILLI, MILLI);
        assertThat(route.now()).isEqualTo(Placement.CORE);
        route.waits(12 * MILLI);
        assertThat(route.now()).isEqualTo(Placement.VIRTUAL);
    }

    @Test
    void callsSeenToWaitNowAndThenAreForgotten() {
        for (int i = 0; i < 100; i++) {
            route.waits(12 * MILLI);
            run(1, 13 * MILLI, MILLI);
            run(AutoPlacement.SEEN_POINTS + AutoPlacement.POINTS, 200_000, 200_000);
        }
        assertThat(route.now()).isEqualTo(Placement.CORE);
    }

    @Test
    void whatWaitsWhereItIsMovesNothing() {
        promote();
        route.waits(12 * MILLI);
        route.waits(12 * MILLI);
        assertThat(route.now()).isEqualTo(Placement.INLINE);
        RoutePlacement fixed = RoutePlacement.fixed("GET /y", Placement.CORE);
        fixed.waits(12 * MILLI);
        fixed.waits(12 * MILLI);
        assertThat(fixed.hasMovedToThreads()).isFalse();
    }

    /** Of different requests, the quick ones must not take the others to the event loop. */
    @Test
    void whatIsNotMappedGoesToThreadsButNeverToTheLoop() {
        Placements placements = Placements.of(Placement.AUTO);
        placements.limit().calibrate(20_000);
        RoutePlacement any = placements.unmapped("* /**", "/**");
        for (int i = 0; i < 10 * AutoPlacement.WINDOW; i++) {
            any.ran(any.now(), QUICK, QUICK, 0);
        }
        assertThat(any.now()).isEqualTo(Placement.CORE);
        any.waits(12 * MILLI);
        any.waits(12 * MILLI);
        assertThat(any.hasMovedToThreads()).isTrue();
    }

    @Test
    void aMomentOfPausesIsForgotten() {
        run(20, 2 * MILLI, QUICK);
        assertThat(route.now()).isEqualTo(Placement.CORE);
    }

    @Test
    void whatWaitsOnTheLoopGoesToACoreFirst() {
        promote();
        run(6, 10 * MILLI, QUICK);
        assertThat(route.now()).isEqualTo(Placement.CORE);
    }

    @Test
    void oneOfTwoWaitingIsEnough() {
        for (int i = 0; i < 20; i++) {
            run(1, QUICK, QUICK);
            run(1, 100 * MILLI, MILLI);
        }
        assertThat(route.now()).isEqualTo(Placement.VIRTUAL);
    }

    @Test
    void singlePausesAreForgotten() {
        for (int i = 0; i < 100; i++) {
            run(1, 50 * MILLI, QUICK);
            run(40, 200_000, 200_000);
        }
        assertThat(route.now()).isEqualTo(Placement.CORE);
    }

    @Test
    void aCallThatComputesTooLongLeavesTheLoopAtOnce() {
        promote();
        run(1, 20 * MILLI, 20 * MILLI);

        assertThat(route.now()).isEqualTo(Placement.CORE);
        assertThat(moves).hasSize(2);
    }

    @Test
    void callsThatComputeLongLeaveTheLoopAtTheSixth() {
        promote();
        run(5, 2 * MILLI, 2 * MILLI);
        assertThat(route.now()).isEqualTo(Placement.INLINE);
        run(1, 2 * MILLI, 2 * MILLI);
        assertThat(route.now()).isEqualTo(Placement.CORE);
    }

    @Test
    void aPauseDoesNotLeaveTheLoopButALongStallDoes() {
        promote();
        run(1, 50 * MILLI, QUICK);
        assertThat(route.now()).isEqualTo(Placement.INLINE);
        run(1, 200 * MILLI, QUICK);
        assertThat(route.now()).isEqualTo(Placement.CORE);
    }

    @Test
    void theSecondStallThatHasNotEndedLeavesTheLoop() {
        promote();
        route.stalled(20 * MILLI);
        assertThat(route.now()).isEqualTo(Placement.INLINE);
        route.stalled(20 * MILLI);
        assertThat(route.now()).isEqualTo(Placement.CORE);
    }

    @Test
    void callsThatGrowSlowerLeaveTheLoop() {
        promote();
        run(2 * AutoPlacement.WINDOW - 1, 200_000, 200_000);
        assertThat(route.now()).isEqualTo(Placement.INLINE);
        run(1, 200_000, 200_000);
        assertThat(route.now()).isEqualTo(Placement.CORE);
        assertThat(route.isSuspected()).isFalse();
    }

    @Test
    void callsThatLoseTheirCpuStayOnTheLoop() {
        promote();
        for (int i = 0; i < 10 * AutoPlacement.WINDOW; i++) {
            long queued = route.isSuspected() ? 190_000 : 0;
            route.ran(route.now(), 200_000, 200_000 - queued, queued);
        }
        assertThat(route.now()).isEqualTo(Placement.INLINE);
    }

    @Test
    void whoLeftTheLoopDoesNotComeBackAtOnce() {
        promote();
        run(1, 30 * MILLI, 30 * MILLI);
        run(10 * AutoPlacement.WINDOW, QUICK, QUICK);
        assertThat(route.now()).isEqualTo(Placement.CORE);
    }

    @Test
    void whoGotThreadsKeepsThemAtFirst() {
        run(6, 100 * MILLI, MILLI);
        run(10 * AutoPlacement.WINDOW, QUICK, QUICK);
        assertThat(route.now()).isEqualTo(Placement.VIRTUAL);
    }

    @Test
    void callsBegunBeforeAMoveAreNotCounted() {
        promote();
        route.ran(Placement.CORE, 100 * MILLI, 100 * MILLI, 0);
        assertThat(route.now()).isEqualTo(Placement.INLINE);
    }

    @Test
    void theConfigurationWinsOverTheRouteAndTheRouteOverTheDefault() {
        Placements placements =
                new Placements(
                        Placement.AUTO,
                        template -> template.equals("/a") ? Placement.VIRTUAL : null,
                        LoadLimits.none());

        assertThat(placements.of("GET", "/a", Placement.INLINE).now()).isEqualTo(Placement.VIRTUAL);
        assertThat(placements.of("GET", "/b", Placement.INLINE).now()).isEqualTo(Placement.INLINE);
        RoutePlacement shared = placements.of("GET", "/c", null);
        assertThat(shared.declared()).isEqualTo(Placement.AUTO);
        assertThat(placements.of("GET", "/c", null)).isSameAs(shared);
    }

    @Test
    void autoIsNotFixed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoutePlacement.fixed("GET /x", Placement.AUTO))
                .withMessage("placement: auto (expected: core, inline or virtual)");
    }

    @Test
    void movesAreCounted() {
        Placements placements = Placements.of(Placement.AUTO);
        RoutePlacement moved = placements.of("GET", "/slow", null);
        for (int i = 0; i < 6; i++) {
            moved.ran(Placement.CORE, 100 * MILLI, 0, 0);
        }
        assertThat(placements.moves(Placement.VIRTUAL)).isEqualTo(1);
        assertThat(placements.lastMoves())
                .singleElement()
                .satisfies(move -> assertThat(move.route()).isEqualTo("GET /slow"));
    }

    /** Each thread counts some calls by itself; the route is judged by all of them. */
    @Test
    void severalThreadsFillOneWindow() throws Exception {
        run(AutoPlacement.WINDOW, QUICK, QUICK);
        int each = AutoPlacement.WINDOW / 2 - AutoPlacement.SHARE / 2;
        CompletableFuture.runAsync(() -> run(each, QUICK, QUICK)).get(20, SECONDS);
        run(each, QUICK, QUICK);
        assertThat(route.counted()).isEqualTo(2 * each);
        assertThat(route.now()).isEqualTo(Placement.CORE);
        run(AutoPlacement.SHARE - 1, QUICK, QUICK);
        assertThat(route.now()).isEqualTo(Placement.CORE);
        run(AutoPlacement.SHARE + 1, QUICK, QUICK);
        assertThat(route.now()).isEqualTo(Placement.INLINE);
    }

    @Test
    void whatWasCountedBeforeAMoveIsForgotten() {
        promote();
        run(AutoPlacement.SHARE - 1, QUICK, QUICK);
        assertThat(route.counted()).isEqualTo(AutoPlacement.SHARE - 1);
        run(1, 30 * MILLI, 30 * MILLI);
        assertThat(route.now()).isEqualTo(Placement.CORE);
        assertThat(route.counted()).isZero();
    }
}
