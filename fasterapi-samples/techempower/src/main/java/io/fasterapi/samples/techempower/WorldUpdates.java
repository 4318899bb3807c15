package io.fasterapi.samples.techempower;

import io.fasterapi.batch.BatchFunction;
import io.fasterapi.batch.BatchOptions;
import io.fasterapi.batch.Batcher;
import io.fasterapi.batch.Batchers;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** Writes the rows of many requests with one statement. Any thread. */
@Component
class WorldUpdates {

    /* Each connection of the heaviest load may have its rows here. */
    private static final int MOST_WAITING = 16_384;

    private final Database database;

    // tag::batcher[]
    private final Batcher<List<World>, Boolean> batcher;

    WorldUpdates(Database database, Batchers batchers) {
        this.database = database;
        this.batcher =
                batchers.create(
                        "world-updates",
                        BatchOptions.defaults().withMaxQueue(MOST_WAITING),
                        BatchFunction.ofMono(this::writeAll));
    }

    /** Writes the rows of one request, with those that came while the last statement ran. */
    Mono<Boolean> write(List<World> rows) {
        return batcher.submit(rows);
    }

    private Mono<List<Boolean>> writeAll(List<List<World>> requests) {
        SortedMap<Integer, World> rows = new TreeMap<>(); // a later request's row wins
        requests.forEach(each -> each.forEach(row -> rows.put(row.id(), row)));
        List<Boolean> written = requests.stream().map(each -> true).toList();
        return database.update(new ArrayList<>(rows.values())).thenReturn(written);
    }
    // end::batcher[]
}
