package io.fasterapi.samples.techempower;

import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes the rows of many requests at once. Any thread. */
@Component
class WorldUpdates {

    private final Database database;

    WorldUpdates(Database database) {
        this.database = database;
    }

    Mono<Void> write(List<World> rows) {
        return database.update(rows);
    }
}
