package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;

/** Claims that requests cross a ring are counted here, on a server that nobody else asks. */
@TestPropertySource(properties = "fasterapi.placement.default=core")
class PublishedRequestsTest extends OnRealPort {

    private static final int REQUESTS = 1_000;
    private static final int CLIENTS = 8;

    @Autowired private MeterRegistry registry;

    @ParameterizedTest
    @ValueSource(strings = {"/json", "/fast/json"})
    void everyRequestCrossesARingOnce(String path) throws Exception {
        double before = sum("fasterapi.ring.published");

        sendRequests(path);

        assertThat(sum("fasterapi.ring.published") - before).isEqualTo(REQUESTS);
        assertThat(sum("fasterapi.ring.rejected")).isZero();
    }

    @Test
    void inlineRoutesCrossNoRing() throws Exception {
        double before = sum("fasterapi.ring.published");

        sendRequests("/fast/inline/json");

        assertThat(sum("fasterapi.ring.published") - before).isZero();
    }

    private void sendRequests(String path) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Callable<Integer>> requests = new ArrayList<>();
            for (int i = 0; i < REQUESTS; i++) {
                requests.add(() -> get(path).statusCode());
            }
            for (Future<Integer> status : clients.invokeAll(requests)) {
                assertThat(status.get()).isEqualTo(200);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    /** Sums the counts of all cores; fails if there is no such meter. */
    private double sum(String name) {
        List<Meter> meters = List.copyOf(registry.get(name).meters());
        return meters.stream().mapToDouble(m -> m.measure().iterator().next().getValue()).sum();
    }
}
