package io.fasterapi.bench.peers.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.fasterapi.bench.peers.shared.Settings;
import io.fasterapi.bench.peers.shared.World;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows by JDBC. Any thread that may block may ask. */
public final class JdbcWorlds {

    private final HikariDataSource connections;

    public JdbcWorlds(Settings settings) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(settings.jdbcUrl());
        config.setUsername(Settings.DATABASE_USER);
        config.setMaximumPoolSize(Settings.CONNECTIONS);
        config.setInitializationFailTimeout(-1);
        connections = new HikariDataSource(config);
    }

    /** Some row. */
    public World some() {
        try (Connection connection = connections.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(
                                "SELECT id, randomnumber FROM world WHERE id = ?")) {
            statement.setInt(1, World.someId());
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new World(rows.getInt(1), rows.getInt(2));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("no row", e);
        }
    }
}
