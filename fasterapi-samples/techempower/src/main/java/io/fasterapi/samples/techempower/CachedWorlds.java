package io.fasterapi.samples.techempower;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The rows of the table world in a Caffeine cache; what is not there is read. Any thread. */
@Component
class CachedWorlds {

    private final Database database;

    private final Cache<Integer, World> rows =
            Caffeine.newBuilder().maximumSize(RandomRows.ROWS).build();

    CachedWorlds(Database database) {
        this.database = database;
    }

    /** Fills the cache before the application is reported as ready. */
    @EventListener(ApplicationReadyEvent.class)
    Mono<Void> fill() {
        return database.allWorlds().doOnNext(all -> all.forEach(this::keep)).then();
    }

    Mono<List<World>> find(int[] ids) {
        List<World> found = new ArrayList<>(ids.length);
        for (int id : ids) {
            World row = rows.getIfPresent(id);
            if (row == null) {
                return database.worlds(ids).doOnNext(read -> read.forEach(this::keep));
            }
            found.add(row);
        }
        return Mono.just(found);
    }

    private void keep(World row) {
        rows.put(row.id(), row);
    }
}
