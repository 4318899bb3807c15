package io.fasterapi.spring.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Mono;

/**
 * A session that draws its id when code asks for it or the store keeps the session. Thread-safe.
 *
 * <p>It behaves as the session of Spring's {@code InMemoryWebSessionStore}, rule by rule. A session
 * without an id is in no store, so there is nothing to look up or to remove for it.
 */
final class LazySession implements WebSession {

    private enum State {
        NEW,
        STARTED,
        EXPIRED
    }

    private final AtomicReference<@Nullable String> id = new AtomicReference<>();
    private final Map<String, Object> attributes = new ConcurrentHashMap<>();
    private final AtomicReference<State> state = new AtomicReference<>(State.NEW);
    private final LazySessionStore store;
    private final Instant creationTime;
    private volatile Instant lastAccessTime;
    private volatile Duration maxIdleTime;

    LazySession(LazySessionStore store, Instant creationTime, Duration maxIdleTime) {
        this.store = store;
        this.creationTime = creationTime;
        this.lastAccessTime = creationTime;
        this.maxIdleTime = maxIdleTime;
    }

    @Override
    public String getId() {
        String known = id.get();
        if (known != null) {
            return known;
        }
        String drawn = store.drawId();
        String other = id.compareAndExchange(null, drawn);
        return other == null ? drawn : other;
    }

    /** Returns the id if it is drawn, else null. */
    @Nullable String knownId() {
        return id.get();
    }

    void setId(String id) {
        this.id.set(id);
    }

    @Override
    public Map<String, Object> getAttributes() {
        return attributes;
    }

    @Override
    public Instant getCreationTime() {
        return creationTime;
    }

    @Override
    public Instant getLastAccessTime() {
        return lastAccessTime;
    }

    void setLastAccessTime(Instant now) {
        lastAccessTime = now;
    }

    @Override
    public void setMaxIdleTime(Duration maxIdleTime) {
        this.maxIdleTime = maxIdleTime;
    }

    @Override
    public Duration getMaxIdleTime() {
        return maxIdleTime;
    }

    @Override
    public void start() {
        state.compareAndSet(State.NEW, State.STARTED);
    }

    @Override
    public boolean isStarted() {
        return state.get() == State.STARTED || !attributes.isEmpty();
    }

    @Override
    public Mono<Void> changeSessionId() {
        return Mono.fromRunnable(() -> store.rename(this, store.drawId()));
    }

    @Override
    public Mono<Void> invalidate() {
        state.set(State.EXPIRED);
        attributes.clear();
        String known = id.get();
        if (known != null) {
            store.forget(known);
        }
        return Mono.empty();
    }

    @Override
    public Mono<Void> save() {
        store.checkLimit(id.get());
        if (!attributes.isEmpty()) {
            start();
        }
        if (isStarted()) {
            store.keep(this);
            if (state.get() == State.EXPIRED) {
                store.forget(getId());
                return Mono.error(new IllegalStateException("Session was invalidated"));
            }
        }
        return Mono.empty();
    }

    @Override
    public boolean isExpired() {
        return isExpired(store.getClock().instant());
    }

    boolean isExpired(Instant now) {
        if (state.get() == State.EXPIRED) {
            return true;
        }
        if (isStarted()
                && !maxIdleTime.isNegative()
                && now.minus(maxIdleTime).isAfter(lastAccessTime)) {
            state.set(State.EXPIRED);
            return true;
        }
        return false;
    }
}
