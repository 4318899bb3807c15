package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

// tag::counters[]
@TestPropertySource(properties = "fasterapi.cores.count=4")
class CountersTest extends OnRealPort {

    @Test
    void eachCounterCountsAloneAndAllAreGathered() throws Exception {
        for (int round = 1; round <= 10; round++) {
            List<CompletableFuture<Void>> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String path = "/counters/c" + i;
                long expected = round;
                sent.add(
                        CompletableFuture.runAsync(
                                () -> assertThat(increment(path)).isEqualTo(expected)));
            }
            sent.forEach(CompletableFuture::join);
        }
        JsonNode all = json(get("/counters"));
        assertThat(all).hasSize(20);
        assertThat(all.values()).allMatch(value -> value.asLong() == 10);
    }

    private long increment(String path) {
        try {
            return json(post(path, "")).get("value").asLong();
        } catch (Exception ex) {
            throw new IllegalStateException(ex);
        }
    }
}
// end::counters[]
