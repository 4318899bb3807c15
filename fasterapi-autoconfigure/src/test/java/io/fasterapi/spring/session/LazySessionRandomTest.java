package io.fasterapi.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.RandomCases;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.InMemoryWebSessionStore;

/**
 * Random operations of 50 clients on Spring's session manager, once with Spring's store and once
 * with ours: after each, both show the same.
 */
class LazySessionRandomTest {

    private static final int OPERATIONS = 100_000;
    private static final int CLIENTS = 50;
    private static final Duration IDLE = Duration.ofMinutes(10);

    private final SettableClock clock = new SettableClock(Instant.now());
    private final SessionIds ids = new SessionIds();
    private SessionWorld stock = world(new InMemoryWebSessionStore());
    private SessionWorld ours = stock;
    private int done;

    @Test
    void sameAsSpring() {
        ids.open();
        ids.seed();
        InMemoryWebSessionStore settings = stock.store();
        settings.setClock(clock);
        settings.setMaxSessions(40);
        settings.setDefaultMaxIdleTime(IDLE);
        ours = world(new LazySessionStore(settings, null, ids));
        RandomCases.run(
                OPERATIONS,
                random -> {
                    if (done < OPERATIONS) {
                        step(random);
                    }
                });
        assertThat(done).isGreaterThanOrEqualTo(OPERATIONS);
    }

    private static SessionWorld world(InMemoryWebSessionStore store) {
        return new SessionWorld(store, CLIENTS);
    }

    private void step(RandomCases random) {
        int client = random.below(CLIENTS);
        switch (random.below(20)) {
            case 0 -> clock.advance(Duration.ofSeconds(random.below(100)));
            case 1 ->
                    clock.advance(random.percent(10) ? IDLE.plusSeconds(1) : Duration.ofSeconds(1));
            case 2 -> both(world -> world.outcome(() -> removeExpired(world)));
            case 3 -> limit(random);
            case 4 -> removeOne(random);
            case 5, 6 -> onHeld(random, client);
            default -> request(random, client);
        }
        both(SessionWorld::stored);
        if (random.percent(10)) {
            both(SessionWorld::contents);
        }
    }

    private void limit(RandomCases random) {
        int most = random.oneOf(5, 20, 40, 60);
        both(
                world -> {
                    world.store().setMaxSessions(most);
                    return "" + world.store().getMaxSessions();
                });
    }

    private static @Nullable Object removeExpired(SessionWorld world) {
        world.store().removeExpiredSessions();
        return null;
    }

    private void removeOne(RandomCases random) {
        int number = random.below(1000);
        if (stock.hasIds()) {
            both(world -> world.removeSession(number));
        }
    }

    private void request(RandomCases random, int client) {
        if (random.percent(10)) {
            List<Integer> known =
                    Stream.generate(() -> random.below(2000)).limit(random.below(3)).toList();
            begin(world -> world.beginWith(known));
        } else {
            begin(world -> world.begin(client));
        }
        for (int left = random.below(6); left > 0; left--) {
            operate(random, SessionWorld::session);
        }
        if (random.percent(5)) {
            begin(
                    world -> {
                        world.session();
                        world.hold(client);
                    });
        }
        both(world -> world.end(client));
    }

    private void onHeld(RandomCases random, int client) {
        if (stock.held(client) != null) {
            operate(random, world -> world.held(client));
        }
    }

    private void begin(Consumer<SessionWorld> action) {
        action.accept(stock);
        action.accept(ours);
    }

    private void operate(RandomCases random, Function<SessionWorld, @Nullable WebSession> which) {
        String name = random.oneOf("a", "b", "c");
        int value = random.below(10);
        Function<WebSession, @Nullable Object> operation = operation(random, name, value);
        both(
                world -> {
                    WebSession session = which.apply(world);
                    String result = world.outcome(() -> operation.apply(session));
                    return List.of(result, SessionWorld.describe(session));
                });
    }

    private Function<WebSession, @Nullable Object> operation(
            RandomCases random, String name, int value) {
        done++;
        return switch (random.below(22)) {
            case 0, 1, 2, 3 -> session -> session.getAttributes().put(name, value);
            case 4, 5 -> session -> session.getAttributes().remove(name);
            case 6 -> session -> session.getAttributes().remove(name, value);
            case 7 -> session -> session.getAttributes().merge(name, value, (a, b) -> b);
            case 8 -> session -> session.getAttributes().put(null, null);
            case 9 -> session -> session.getRequiredAttribute(name);
            case 10 -> session -> with(session, s -> s.getAttributes().clear());
            case 11 -> session -> session.getAttributes().entrySet().removeIf(e -> value > 5);
            case 12, 13 -> session -> with(session, WebSession::start);
            case 14 -> session -> session.save().block();
            case 15 -> session -> session.invalidate().block();
            case 16, 17 -> session -> session.changeSessionId().block();
            case 18 -> WebSession::getId;
            case 19 -> session -> idle(session, Duration.ofMinutes(value - 1));
            case 20 -> this::touched;
            default -> session -> Map.copyOf(session.getAttributes()).size();
        };
    }

    private static @Nullable Object with(WebSession session, Consumer<WebSession> action) {
        action.accept(session);
        return null;
    }

    private static @Nullable Object idle(WebSession session, Duration time) {
        session.setMaxIdleTime(time);
        return null;
    }

    private @Nullable Object touched(WebSession session) {
        SessionWorld world = session instanceof LazySession ? ours : stock;
        WebSession same = world.store().updateLastAccessTime(session).block();
        return same == session;
    }

    private void both(Function<SessionWorld, Object> action) {
        Object expected = action.apply(stock);
        assertThat(action.apply(ours)).isEqualTo(expected);
    }
}
