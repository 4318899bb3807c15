package io.fasterapi.samples.quickstart;

import io.fasterapi.core.CoreLocal;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.placement.ShardBy;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Counters without locks: each core has its own map, and each counter its own core. */
@RestController
class CounterController {

    /**
     * The state of one counter.
     *
     * @param name its name
     * @param value how often it was incremented
     */
    record Counter(String name, long value) {}

    private final HandlerCores cores;

    private final CoreLocal<Map<String, Long>> counters;

    CounterController(HandlerCores cores) {
        this.cores = cores;
        this.counters = new CoreLocal<>(cores, HashMap::new);
    }

    // tag::shards[]
    // tag::shard[]
    @ShardBy(path = "name")
    @PostMapping("/counters/{name}")
    Counter increment(@PathVariable String name) {
        Map<String, Long> mine = counters.get(); // this core's own: a plain HashMap
        return new Counter(name, mine.merge(name, 1L, Long::sum));
    }

    // end::shard[]

    @GetMapping("/counters")
    CompletableFuture<Map<String, Long>> all() {
        return cores.gather(() -> Map.copyOf(counters.get()))
                .thenApply(
                        parts -> {
                            Map<String, Long> sums = new TreeMap<>();
                            parts.forEach(
                                    part -> part.forEach((k, n) -> sums.merge(k, n, Long::sum)));
                            return sums;
                        });
    }
    // end::shards[]
}
