package io.fasterapi.samples.orders;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** The table of orders. Thread-safe. */
@Component
public class OrderStore {

    private final DatabaseClient database;

    OrderStore(DatabaseClient database) {
        this.database = database;
    }

    /** Inserts one order. */
    Mono<Receipt> insert(Order order) {
        return database.sql(
                        "INSERT INTO orders (reference, article, quantity) VALUES ($1, $2, $3)"
                                + " RETURNING id, reference")
                .bind(0, order.reference())
                .bind(1, order.article())
                .bind(2, order.quantity())
                .map(row -> new Receipt(number(row.get(0)), number(row.get(1))))
                .one();
    }

    /** Inserts many orders with one statement, in their order. */
    Mono<List<Receipt>> insertAll(List<Order> orders) {
        return database.sql(
                        "INSERT INTO orders (reference, article, quantity)"
                                + " SELECT * FROM unnest($1::bigint[], $2::text[], $3::int[])"
                                + " RETURNING id, reference")
                .bind(0, orders.stream().map(Order::reference).toArray(Long[]::new))
                .bind(1, orders.stream().map(Order::article).toArray(String[]::new))
                .bind(2, orders.stream().map(Order::quantity).toArray(Integer[]::new))
                .map(row -> new Receipt(number(row.get(0)), number(row.get(1))))
                .all()
                .collectList();
    }

    /** Returns the clients' numbers of all rows, each as often as it is there. */
    Mono<List<Long>> references() {
        return database.sql("SELECT reference FROM orders ORDER BY reference")
                .map(row -> number(row.get(0)))
                .all()
                .collectList();
    }

    /** Removes all rows. */
    Mono<Void> clear() {
        return database.sql("TRUNCATE orders").then();
    }

    private static long number(@Nullable Object value) {
        return ((Number) Objects.requireNonNull(value)).longValue();
    }
}
