package io.fasterapi.spring.webflux.batch;

import static io.fasterapi.spring.testing.RawConnection.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.testing.OwnThreads;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The same with FasterAPI switched off: the one core that runs is the one that shards ask for. */
class StockBatchHandlerEqualityTest extends BatchHandlerTest {

    /** Made before the application is started. */
    private static final OwnThreads THREADS = new OwnThreads();

    @Override
    String[] properties() {
        return new String[] {"fasterapi.enabled=false"};
    }

    @Override
    @Test
    void whoServesIsTheLaneOfOrdinaryHandlers() throws IOException {
        assertThat(application.exchange(json("/batched/list", ORDER)).status()).isEqualTo(201);
        assertThat(application.context().getBeansOfType(ServerParts.class)).isEmpty();
        assertThat(application.exchange(json("/batched/sharded/1", ORDER)).status()).isEqualTo(200);
        assertThat(THREADS.names()).containsExactly("fasterapi-core-0");
    }
}
