package io.fasterapi.samples.onemillion;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The totals in concurrent collections, as any WebFlux application would keep them. */
@RestController
@Profile("stock | shared")
class SharedEventController {

    private final Set<String> users = ConcurrentHashMap.newKeySet();
    private final LongAdder requests = new LongAdder();
    private final DoubleAdder sum = new DoubleAdder();

    @PostMapping("/event")
    void event(@RequestBody Event event) {
        users.add(event.user());
        requests.increment();
        sum.add(event.value());
    }

    @GetMapping("/stats")
    Stats stats() {
        return Stats.of(requests.sum(), users.size(), sum.sum());
    }

    @PostMapping("/reset")
    void reset() {
        users.clear();
        requests.reset();
        sum.reset();
    }
}
