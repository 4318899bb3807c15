package io.fasterapi.bench.peers.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A PostgreSQL with 10,000 rows whose contents follow from their ids. The main thread alone uses
 * it: it prints the port, and stops the database at the end of its standard input.
 */
public final class Database {

    private Database() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "500")
                        .setServerConfig("fsync", "off")
                        .start()) {
            try (Connection connection = postgres.getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(
                        "CREATE TABLE world (id integer PRIMARY KEY, randomnumber integer NOT NULL)");
                statement.execute(
                        "INSERT INTO world SELECT id, id * 7919 % 10000 + 1 FROM generate_series(1, 10000) id");
                statement.execute("VACUUM ANALYZE world");
            }
            System.out.println("port " + postgres.getPort());
            while (System.in.read() >= 0) {
                // Until whoever started it closes the pipe, or ends.
            }
        }
    }
}
