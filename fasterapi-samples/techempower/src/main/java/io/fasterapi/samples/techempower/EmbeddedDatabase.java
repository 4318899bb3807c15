package io.fasterapi.samples.techempower;

import io.r2dbc.spi.ConnectionFactoryOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A PostgreSQL of this application's own, in processes of its own, unless spring.r2dbc.url names
 * another one. It starts empty and is deleted at the end.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.r2dbc.url", havingValue = "embedded", matchIfMissing = true)
class EmbeddedDatabase {

    /* Commits are not waited for by the disk, as in the TechEmpower project's own database. */
    @Bean(destroyMethod = "close")
    EmbeddedPostgres postgres() {
        try {
            return EmbeddedPostgres.builder()
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("shared_buffers", "128MB")
                    .start();
        } catch (IOException | IllegalStateException ex) {
            throw new NoEmbeddedDatabaseException(ex);
        }
    }

    @Bean
    R2dbcConnectionDetails embeddedConnection(EmbeddedPostgres postgres) {
        ConnectionFactoryOptions options =
                ConnectionFactoryOptions.builder()
                        .option(ConnectionFactoryOptions.DRIVER, "postgresql")
                        .option(ConnectionFactoryOptions.HOST, "127.0.0.1")
                        .option(ConnectionFactoryOptions.PORT, postgres.getPort())
                        .option(ConnectionFactoryOptions.DATABASE, "postgres")
                        .option(ConnectionFactoryOptions.USER, "postgres")
                        .option(ConnectionFactoryOptions.PASSWORD, "postgres")
                        .build();
        return () -> options;
    }
}
