package io.fasterapi.samples.techempower;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The tests that read and write random rows. */
@RestController
class WorldController {

    private final Database database;
    private final WorldUpdates updates;
    private final CachedWorlds cached;

    WorldController(Database database, WorldUpdates updates, CachedWorlds cached) {
        this.database = database;
        this.updates = updates;
        this.cached = cached;
    }

    @GetMapping("/db")
    Mono<World> one() {
        return database.world(RandomRows.any());
    }

    @GetMapping("/queries")
    Mono<List<World>> several(@RequestParam(required = false) @Nullable String queries) {
        return database.worlds(RandomRows.distinct(RandomRows.count(queries)));
    }

    @GetMapping("/updates")
    Mono<List<World>> update(@RequestParam(required = false) @Nullable String queries) {
        int[] ids = RandomRows.distinct(RandomRows.count(queries));
        Arrays.sort(ids);
        return database.worlds(ids) // one SELECT for each
                .map(WorldController::renumbered)
                .flatMap(rows -> updates.write(rows).thenReturn(rows)); // UPDATE, with others
    }

    @GetMapping("/cached-queries")
    Mono<List<World>> cached(@RequestParam(required = false) @Nullable String count) {
        return cached.find(RandomRows.distinct(RandomRows.count(count)));
    }

    private static List<World> renumbered(List<World> rows) {
        List<World> changed = new ArrayList<>(rows.size());
        rows.forEach(row -> changed.add(new World(row.id(), RandomRows.any())));
        return changed;
    }
}
