package io.fasterapi.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.InMemoryWebSessionStore;

/** Several threads use one session at the same time. */
class LazySessionConcurrencyTest {

    private static final int ROUNDS = 3_000;

    private final SessionIds ids = new SessionIds();
    private final LazySessionStore store =
            new LazySessionStore(new InMemoryWebSessionStore(), null, ids);
    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private final CyclicBarrier together = new CyclicBarrier(3);

    @BeforeEach
    void seed() {
        ids.open();
        ids.seed();
        store.setMaxSessions(Integer.MAX_VALUE);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** Three threads have drawn an id each before one of them can set it. */
    @Test
    void allSeeOneId() throws Exception {
        CyclicBarrier drawn = new CyclicBarrier(3);
        SessionIds slow =
                new SessionIds() {
                    @Override
                    String next() {
                        String id = super.next();
                        try {
                            drawn.await();
                        } catch (InterruptedException | BrokenBarrierException ex) {
                            throw new IllegalStateException(ex);
                        }
                        return id;
                    }
                };
        WebSession session =
                new LazySessionStore(new InMemoryWebSessionStore(), null, slow)
                        .createWebSession()
                        .block();
        assertThat(session).isNotNull();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Runnable look = () -> seen.add(session.getId());
        run(look, look, look);
        assertThat(seen).containsExactly(session.getId());
    }

    /** The first save and a login come together; whoever asks meanwhile may see the older id. */
    @Test
    void aChangedSessionIsStoredOnce() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            WebSession session = session();
            session.start();
            run(
                    () -> session.save().block(),
                    () -> session.changeSessionId().block(),
                    session::getId);
            assertThat(store.getSessions()).containsOnlyKeys(session.getId());
            session.invalidate().block();
            assertThat(store.getSessions()).isEmpty();
        }
    }

    @Test
    void anInvalidSessionIsNotStored() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            WebSession session = session();
            session.start();
            run(
                    () -> session.save().onErrorComplete().block(),
                    () -> session.invalidate().block(),
                    session::isExpired);
            assertThat(store.getSessions()).isEmpty();
        }
    }

    private WebSession session() {
        WebSession session = store.createWebSession().block();
        assertThat(session).isNotNull();
        return session;
    }

    private void run(Runnable... actions) throws Exception {
        List<Future<?>> all =
                Stream.of(actions)
                        .<Future<?>>map(
                                each ->
                                        threads.submit(
                                                () -> {
                                                    together.await();
                                                    each.run();
                                                    return null;
                                                }))
                        .toList();
        for (Future<?> each : all) {
            each.get();
        }
    }
}
