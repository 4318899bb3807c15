package io.fasterapi.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random pipelines to a real server, cut anywhere, some of them wrong: every answer is whole, in
 * its place and of its request, and nothing is left behind. {@code -Dfuzz.inputs=N -Dfuzz.seed=S}
 * runs more or the same; {@code -Dfuzz.session=K} one session of them; {@code -Dfuzz.stock=true}
 * asks Reactor Netty alone, which tells whether a failure is the model's.
 */
class PipelineRandomTest {

    private static final int CLIENTS = Integer.getInteger("fuzz.clients", 12);
    private static final int REPLAYS = 200;
    private static final long EVERY = 100_000;

    private static final Logger OURS = Logger.getLogger("io.fasterapi");
    private static final Logger THEIRS = Logger.getLogger("reactor.netty");

    @TempDir Path directory;

    /**
     * A build tries the same inputs each time: what a new one finds must not stop who did not do
     * it.
     */
    private static final long USUAL_SEED = 17;

    private final long inputs = Long.getLong("fuzz.inputs", 20_000);
    private final long seed = Long.getLong("fuzz.seed", USUAL_SEED);
    private final boolean stock = Boolean.getBoolean("fuzz.stock");
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final LongAdder played = new LongAdder();
    private final AtomicLong sessions = new AtomicLong();
    private final AtomicBoolean failed = new AtomicBoolean();
    private final Level before = THEIRS.getLevel();
    private final Handler listener =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
                        errors.add(
                                line.getLoggerName()
                                        + ": "
                                        + line.getMessage()
                                        + " "
                                        + line.getThrown());
                    }
                }

                @Override
                public void flush() {
                    // nothing is kept back
                }

                @Override
                public void close() {
                    // nothing is open
                }
            };

    @BeforeEach
    void listen() {
        OURS.addHandler(listener);
        THEIRS.setLevel(Level.OFF); // a line for each malformed request
    }

    @AfterEach
    void unlisten() {
        OURS.removeHandler(listener);
        THEIRS.setLevel(before);
    }

    @Test
    void everyAnswerIsWholeInItsPlaceAndOfItsRequest() throws Exception {
        System.out.println("fuzz: " + inputs + " inputs of -Dfuzz.seed=" + seed);
        try (FuzzRoutes routes = new FuzzRoutes(directory);
                FuzzServer server = new FuzzServer(!stock, routes)) {
            Long session = Long.getLong("fuzz.session");
            if (session == null) {
                playAll(server);
            } else {
                for (int i = 0; i < REPLAYS; i++) {
                    new FuzzSession(seed, session, server, played).run();
                }
            }
            server.awaitIdle();
            assertThat(errors).isEmpty();
            if (session == null && !stock) {
                assertThat(server.door.servedCount()).as("answered early").isPositive();
                assertThat(server.published()).as("crossed a ring").isPositive();
                assertThat(routes.byReactorNetty.sum()).as("by Reactor Netty").isPositive();
            }
            assertThat(server.refused()).as("refused").isZero();
            System.out.println(
                    "fuzz: "
                            + played
                            + " inputs in "
                            + sessions
                            + " sessions, answered early: "
                            + (server.door.servedCount() + ", crossed a ring: ")
                            + (server.published() + ", by Reactor Netty: ")
                            + (routes.byReactorNetty + ", forgotten: ")
                            + FuzzClient.silences);
        }
    }

    private void playAll(FuzzServer server) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                all.add(clients.submit(() -> playSome(server)));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private Void playSome(FuzzServer server) throws Exception {
        while (played.sum() < inputs && !failed.get()) {
            long number = sessions.getAndIncrement();
            try {
                new FuzzSession(seed, number, server, played).run();
                if (CLIENTS == 1) {
                    assertThat(errors).as("session " + number).isEmpty();
                }
            } catch (Throwable ex) {
                if (failed.compareAndSet(false, true)) {
                    System.out.println("fuzz: session " + number + ": " + ex.getMessage());
                    throw new AssertionError("see above: -Dfuzz.seed=" + seed, ex.getCause());
                }
            }
            if (number % EVERY == EVERY - 1) {
                System.out.println("fuzz: " + played + " inputs, " + server.usedBytes() + " bytes");
            }
        }
        return null;
    }
}
