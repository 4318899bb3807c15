package io.fasterapi.samples.techempower;

import io.r2dbc.pool.ConnectionPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Opens the pool's connections before the first request, and says how many. At start-up only. */
@Component
class PoolReport {

    private static final Logger LOGGER = LoggerFactory.getLogger(PoolReport.class);

    private final ConnectionPool pool;
    private final R2dbcConnectionDetails database;

    PoolReport(ConnectionPool pool, R2dbcConnectionDetails database) {
        this.pool = pool;
        this.database = database;
    }

    @EventListener(ApplicationReadyEvent.class)
    void report() {
        pool.warmup().block();
        pool.getMetrics()
                .ifPresent(
                        metrics ->
                                LOGGER.info(
                                        "Connection pool: {} connections open, {} at most, to {}",
                                        metrics.allocatedSize(),
                                        metrics.getMaxAllocatedSize(),
                                        database.getConnectionFactoryOptions()));
    }
}
