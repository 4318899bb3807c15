package io.fasterapi.samples.orders;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A PostgreSQL of the application's own, unless {@code orders.embedded} is false and {@code
 * spring.r2dbc.url} names another. Every commit goes to disk.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "orders.embedded", matchIfMissing = true)
class DatabaseConfiguration {

    @Bean(destroyMethod = "close")
    EmbeddedPostgres postgres(
            @Value("${orders.data-directory:}") String dataDirectory,
            @Value("${orders.database-port:0}") int port)
            throws IOException {
        Path data =
                dataDirectory.isEmpty()
                        ? Files.createTempDirectory("orders-")
                        : Path.of(dataDirectory);
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(dataDirectory.isEmpty())
                .setPort(port)
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("synchronous_commit", "on")
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
    }

    @Bean
    R2dbcConnectionDetails connectionDetails(EmbeddedPostgres postgres) {
        return () ->
                ConnectionFactoryOptions.parse(
                        "r2dbc:postgresql://postgres@localhost:"
                                + postgres.getPort()
                                + "/postgres");
    }
}
