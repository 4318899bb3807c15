package io.fasterapi.bench.peers.webflux;

import io.fasterapi.bench.peers.shared.Settings;
import io.fasterapi.bench.peers.shared.World;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The table of rows. Any thread may ask. */
@Component
class Worlds {

    private final DatabaseClient database;

    Worlds(DatabaseClient database) {
        this.database = database;
    }

    /** Some row. */
    Mono<World> some() {
        return database.sql(Settings.SELECT_WORLD)
                .bind(0, World.someId())
                .mapProperties(World.class)
                .one();
    }
}
