package io.fasterapi.samples.techempower;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Readable;
import io.r2dbc.spi.Result;
import java.util.List;
import java.util.stream.IntStream;
import org.reactivestreams.Publisher;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The application's statements. Any thread; results come on the driver's event loops. */
@Component
class Database {

    private static final String WORLD = "SELECT id, randomnumber FROM world WHERE id = $1";

    private static final String WORLDS = "SELECT id, randomnumber FROM world";

    private static final String FORTUNES = "SELECT id, message FROM fortune";

    /* The rows come sorted by id, so two of these never wait for each other's locks. */
    private static final String UPDATE =
            "UPDATE world SET randomnumber = new.number"
                    + " FROM unnest($1::int[], $2::int[]) AS new(id, number)"
                    + " WHERE world.id = new.id";

    /** Statements of a connection that wait for their answers; the driver takes 256 at most. */
    private static final int MOST_AHEAD = 32;

    private final ConnectionFactory pool;

    Database(ConnectionFactory pool) {
        this.pool = pool;
    }

    Mono<World> world(int id) {
        return Mono.usingWhen(
                pool.create(), connection -> world(connection, id), Connection::close);
    }

    /**
     * Reads the rows one by one, as the tests demand, in the order of the ids. One connection does
     * it, on which a statement does not wait for the answer to the one before.
     */
    Mono<List<World>> worlds(int[] ids) {
        return Mono.usingWhen(
                pool.create(),
                connection ->
                        Flux.fromStream(() -> IntStream.of(ids).boxed())
                                .flatMapSequential(id -> world(connection, id), MOST_AHEAD)
                                .collectList(),
                Connection::close);
    }

    Mono<List<World>> allWorlds() {
        return Mono.usingWhen(
                pool.create(),
                connection ->
                        Flux.from(connection.createStatement(WORLDS).execute())
                                .flatMap(Database::asWorld)
                                .collectList(),
                Connection::close);
    }

    Mono<List<Fortune>> fortunes() {
        return Mono.usingWhen(
                pool.create(),
                connection ->
                        Flux.from(connection.createStatement(FORTUNES).execute())
                                .flatMap(
                                        result ->
                                                result.map(
                                                        row ->
                                                                new Fortune(
                                                                        number(row, 0),
                                                                        text(row, 1))))
                                .collectList(),
                Connection::close);
    }

    /**
     * Writes rows with one statement.
     *
     * @param rows in the order of their ids, each id once
     */
    Mono<Void> update(List<World> rows) {
        Integer[] ids = rows.stream().map(World::id).toArray(Integer[]::new);
        Integer[] numbers = rows.stream().map(World::randomNumber).toArray(Integer[]::new);
        return Mono.usingWhen(
                pool.create(),
                connection ->
                        Flux.from(
                                        connection
                                                .createStatement(UPDATE)
                                                .bind(0, ids)
                                                .bind(1, numbers)
                                                .execute())
                                .flatMap(Result::getRowsUpdated)
                                .then(),
                Connection::close);
    }

    private static Mono<World> world(Connection connection, int id) {
        return Flux.from(connection.createStatement(WORLD).bind(0, id).execute())
                .flatMap(Database::asWorld)
                .single(); // unlike next(), it lets the driver finish
    }

    private static Publisher<World> asWorld(Result result) {
        return result.map(row -> new World(number(row, 0), number(row, 1)));
    }

    private static int number(Readable row, int column) {
        Integer value = row.get(column, Integer.class);
        return value == null ? 0 : value;
    }

    private static String text(Readable row, int column) {
        String value = row.get(column, String.class);
        return value == null ? "" : value;
    }
}
