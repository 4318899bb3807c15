package io.fasterapi.spring.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;
import org.springframework.web.server.WebSession;
import org.springframework.web.server.session.InMemoryWebSessionStore;
import reactor.core.publisher.Mono;

/**
 * Spring's in-memory store with sessions that are made on the calling thread and draw their id
 * late. Thread-safe.
 *
 * <p>It extends Spring's store, so that code which asks the store for its sessions, or sets its
 * clock or its limit, works as before. Spring keeps its sessions in a private map and creates them
 * with their id; therefore the map and the rules that use it are here again. A test plays random
 * operations on both.
 */
final class LazySessionStore extends InMemoryWebSessionStore {

    /** The least time between two searches for expired sessions. As Spring's. */
    private static final Duration CHECK_PERIOD = Duration.ofSeconds(60);

    private final ConcurrentMap<String, LazySession> sessions = new ConcurrentHashMap<>();
    private final Lock naming = new ReentrantLock();
    private final Lock checking = new ReentrantLock();
    private final SessionIds ids;
    private final @Nullable Duration maxIdleTime;
    private volatile Instant checkTime;

    /**
     * Creates an empty store.
     *
     * @param settings the store whose clock, limit and default are taken over
     * @param maxIdleTime the idle time of new sessions; null for the store's default
     */
    LazySessionStore(
            InMemoryWebSessionStore settings, @Nullable Duration maxIdleTime, SessionIds ids) {
        this.ids = ids;
        this.maxIdleTime = maxIdleTime;
        this.checkTime = Instant.now().plus(CHECK_PERIOD);
        setClock(settings.getClock());
        setMaxSessions(settings.getMaxSessions());
        setDefaultMaxIdleTime(settings.getDefaultMaxIdleTime());
    }

    @Override
    public Map<String, WebSession> getSessions() {
        return Collections.unmodifiableMap(sessions);
    }

    @Override
    public Mono<WebSession> createWebSession() {
        Instant now = getClock().instant();
        removeIfDue(now);
        return Mono.fromSupplier(
                () ->
                        new LazySession(
                                this,
                                now,
                                maxIdleTime == null ? getDefaultMaxIdleTime() : maxIdleTime));
    }

    @Override
    public Mono<WebSession> retrieveSession(String id) {
        Instant now = getClock().instant();
        removeIfDue(now);
        LazySession session = sessions.get(id);
        if (session == null) {
            return Mono.empty();
        }
        if (session.isExpired(now)) {
            sessions.remove(id);
            return Mono.empty();
        }
        session.setLastAccessTime(now);
        return Mono.just(session);
    }

    @Override
    public Mono<Void> removeSession(String id) {
        sessions.remove(id);
        return Mono.empty();
    }

    @Override
    public Mono<WebSession> updateLastAccessTime(WebSession session) {
        return Mono.fromSupplier(
                () -> {
                    Assert.isInstanceOf(LazySession.class, session);
                    ((LazySession) session).setLastAccessTime(getClock().instant());
                    return session;
                });
    }

    @Override
    public void removeExpiredSessions() {
        removeExpired(getClock().instant());
    }

    private void removeIfDue(Instant now) {
        if (checkTime.isBefore(now)) {
            removeExpired(now);
        }
    }

    private void removeExpired(Instant now) {
        if (sessions.isEmpty() || !checking.tryLock()) {
            return;
        }
        try {
            Iterator<LazySession> iterator = sessions.values().iterator();
            while (iterator.hasNext()) {
                LazySession session = iterator.next();
                if (session.isExpired(now)) {
                    iterator.remove();
                    session.invalidate();
                }
            }
        } finally {
            checkTime = now.plus(CHECK_PERIOD);
            checking.unlock();
        }
    }

    String drawId() {
        return ids.next();
    }

    /** Throws if there is no room for one more session. */
    void checkLimit(@Nullable String id) {
        if (sessions.size() < getMaxSessions()) {
            return;
        }
        removeExpired(getClock().instant());
        if (sessions.size() >= getMaxSessions() && (id == null || !sessions.containsKey(id))) {
            throw new IllegalStateException("Max sessions limit reached: " + sessions.size());
        }
    }

    /** Keeps a session under its id, which is drawn now if it was not. */
    void keep(LazySession session) {
        if (sessions.get(session.getId()) == null) {
            naming.lock();
            try {
                sessions.putIfAbsent(session.getId(), session);
            } finally {
                naming.unlock();
            }
        }
    }

    /** Keeps a session under another id than before. */
    void rename(LazySession session, String id) {
        naming.lock();
        try {
            String old = session.knownId();
            if (old != null) {
                sessions.remove(old);
            }
            sessions.put(id, session);
            session.setId(id);
        } finally {
            naming.unlock();
        }
    }

    void forget(String id) {
        sessions.remove(id);
    }
}
