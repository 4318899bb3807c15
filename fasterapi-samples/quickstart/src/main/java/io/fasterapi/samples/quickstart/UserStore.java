package io.fasterapi.samples.quickstart;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.stereotype.Component;

/**
 * Keeps the newest users in memory, at most {@value #MAX_USERS}. Used by all handler cores at once.
 */
@Component
class UserStore {

    static final int MAX_USERS = 10_000;

    private final ConcurrentSkipListMap<Long, User> users = new ConcurrentSkipListMap<>();

    private final AtomicLong lastId = new AtomicLong();

    UserStore() {
        add(new NewUser("Ada Lovelace", "ada@example.com"));
        add(new NewUser("Grace Hopper", "grace@example.com"));
    }

    User add(NewUser request) {
        User user = new User(lastId.incrementAndGet(), request.name(), request.email());
        users.put(user.id(), user);
        users.headMap(user.id() - MAX_USERS, true).clear();
        return user;
    }

    Optional<User> find(long id) {
        return Optional.ofNullable(users.get(id));
    }

    List<User> newest(int limit) {
        return users.descendingMap().values().stream().limit(limit).toList();
    }
}
