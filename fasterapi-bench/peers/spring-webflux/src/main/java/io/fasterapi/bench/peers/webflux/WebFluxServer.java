package io.fasterapi.bench.peers.webflux;

import io.fasterapi.bench.peers.shared.Settings;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import java.util.Arrays;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;

/** WebFlux; what it runs on is the decision of the arguments. Spring's threads run it. */
@SpringBootApplication(proxyBeanMethods = false)
public class WebFluxServer {

    /** The first argument is the port, the others are Spring's. */
    public static void main(String[] arguments) {
        Settings settings = Settings.of(arguments);
        SpringApplication application = new SpringApplication(WebFluxServer.class);
        application.setDefaultProperties(
                Map.of("server.port", settings.port(), "server.address", "127.0.0.1"));
        application.addInitializers(
                context -> context.getBeanFactory().registerSingleton("settings", settings));
        application.run(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    @Bean
    ConnectionPool connections(Settings settings) {
        PostgresqlConnectionConfiguration database =
                PostgresqlConnectionConfiguration.builder()
                        .host(settings.databaseHost())
                        .port(settings.databasePort())
                        .database(Settings.DATABASE)
                        .username(Settings.DATABASE_USER)
                        .build();
        return new ConnectionPool(
                ConnectionPoolConfiguration.builder(new PostgresqlConnectionFactory(database))
                        .initialSize(1)
                        .maxSize(Settings.CONNECTIONS)
                        .build());
    }

    @Bean
    DatabaseClient database(ConnectionPool connections) {
        return DatabaseClient.create(connections);
    }
}
