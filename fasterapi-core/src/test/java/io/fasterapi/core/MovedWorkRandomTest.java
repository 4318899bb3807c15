package io.fasterapi.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.RoutePlacement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Routes move at random moments while their work is published, drained, stolen, moved and given up:
 * each piece is run, given up or aborted exactly once, and what is ordered is run in order.
 */
class MovedWorkRandomTest {

    private static final int PIECES = 20_000;
    private static final int ROUTES = 50;
    private static final int BURST = 20;

    private final Placements placements = Placements.of(Placement.AUTO);
    private final List<RoutePlacement> routes = new ArrayList<>();
    private final List<Piece> taken = new ArrayList<>();
    private final List<Piece> refused = new ArrayList<>();
    private final AtomicInteger given = new AtomicInteger();
    private final AtomicInteger[] lastOrdered = {new AtomicInteger(-1), new AtomicInteger(-1)};
    private final AtomicInteger disorder = new AtomicInteger();

    /** Of the next piece; by whoever publishes, one at a time. */
    private int number;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void eachPieceEndsOnce(long seed) throws Exception {
        for (int i = 0; i < ROUTES; i++) {
            routes.add(placements.of("GET", "/" + i, null));
        }
        HandlerCores cores = new HandlerCores(Work.options(2, 64));
        ThreadOptions few = new ThreadOptions(2, 8, new QueueTimeLimit(Duration.ofMillis(2)));
        AtomicBoolean looking = new AtomicBoolean(true);
        try (ThreadWorkers threads = ThreadWorkers.platform(few, new PauseDetector());
                Loops loops = new Loops(1)) {
            cores.useThreads(threads);
            cores.start();
            Thread looks = new Thread(() -> look(cores, looking), "looks");
            looks.start();
            Random random = new Random(seed);
            for (int next = 0; next < PIECES; next = number) {
                if (!loops.call(0, () -> publish(cores, loops, random))) {
                    LockSupport.parkNanos(200_000);
                }
                if (random.nextInt(PIECES / BURST) < 2 * ROUTES) {
                    routes.get(random.nextInt(ROUTES)).waits(1); // at the second one it moves
                }
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> taken.stream().allMatch(piece -> piece.ends.get() > 0));
            looking.set(false);
            looks.join();
            cores.stop(Duration.ofSeconds(10));
            await().until(() -> threads.running() == 0 && threads.waiting() == 0);
        }
        assertThat(taken).allMatch(piece -> piece.ends.get() == 1);
        assertThat(refused).allMatch(piece -> piece.ends.get() == 0);
        assertThat(disorder).hasValue(0);
        assertThat(placements.moves(Placement.VIRTUAL)).isPositive();
        assertThat(cores.cores().stream().mapToLong(core -> core.counters().moved()).sum())
                .isPositive();
        assertThat(given).hasPositiveValue();
    }

    private static void look(HandlerCores cores, AtomicBoolean goesOn) {
        while (goesOn.get()) {
            cores.rescue();
            LockSupport.parkNanos(100_000);
        }
    }

    /** Until a ring is full. */
    private boolean publish(HandlerCores cores, Loops loops, Random random) {
        boolean accepted = true;
        for (int i = 0; i < BURST && accepted; i++) {
            int shard = random.nextInt(10) == 0 ? random.nextInt(2) : -1;
            Piece piece =
                    new Piece(
                            number++, shard, routes.get(random.nextInt(ROUTES)), random.nextInt());
            accepted =
                    shard < 0
                            ? cores.dispatch(piece, loops.get(0))
                            : cores.dispatchTo(cores.cores().get(shard), piece, loops.get(0));
            (accepted ? taken : refused).add(piece);
        }
        return accepted;
    }

    /** A piece of work of a route; of a shard, if it has one, and then in order. */
    private final class Piece implements CoreTask {

        private final AtomicInteger ends = new AtomicInteger();
        private final int number;
        private final int shard;
        private final RoutePlacement route;
        private final int kind;

        Piece(int number, int shard, RoutePlacement route, int kind) {
            this.number = number;
            this.shard = shard;
            this.route = route;
            this.kind = kind & 255;
        }

        @Override
        public void run(Worker worker) {
            ends.incrementAndGet();
            if (shard >= 0 && lastOrdered[shard].getAndSet(number) > number) {
                disorder.incrementAndGet();
            }
            if (kind < 8 && kind != 1) {
                LockSupport.parkNanos(4_000_000); // the others may take what waits behind it
            } else if (kind == 1) {
                throw new IllegalStateException("to be aborted");
            }
        }

        @Override
        public boolean isOrdered() {
            return shard >= 0;
        }

        @Override
        public RoutePlacement placement() {
            return shard >= 0 ? RoutePlacement.fixed("GET /shard", Placement.CORE) : route;
        }

        @Override
        public boolean giveUp() {
            if (kind % 2 == 0) {
                return false;
            }
            ends.incrementAndGet();
            given.incrementAndGet();
            return true;
        }

        @Override
        public void abort(Throwable cause) {
            if (kind != 1) {
                ends.incrementAndGet(); // else it has run
            }
        }
    }
}
