package io.fasterapi.samples.onemillion;

import io.fasterapi.core.CoreLocal;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.placement.ShardBy;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * The totals without locks. Each handler core has its own, which no other thread touches; the
 * events of a user always come to the same core.
 */
@RestController
@Profile("!stock & !shared")
class ShardedEventController {

    // tag::sharded[]
    /** The totals of one core: plain fields and a plain set. */
    private static final class Totals {
        private final Set<String> users = new HashSet<>();
        private long requests;
        private double sum;
    }

    private final HandlerCores cores;
    private final CoreLocal<Totals> totals;

    ShardedEventController(HandlerCores cores) {
        this.cores = cores;
        this.totals = new CoreLocal<>(cores, Totals::new);
    }

    @ShardBy(json = "/userId")
    @PostMapping("/event")
    void event(@RequestBody Event event) {
        Totals mine = totals.get();
        mine.users.add(event.user());
        mine.requests++;
        mine.sum += event.value();
    }

    @GetMapping("/stats")
    CompletableFuture<Stats> stats() {
        return cores.gather(() -> copy(totals.get())).thenApply(ShardedEventController::add);
    }

    // end::sharded[]

    @PostMapping("/reset")
    CompletableFuture<Void> reset() {
        return cores.gather(() -> clear(totals.get())).thenAccept(cleared -> {});
    }

    private static boolean clear(Totals mine) {
        mine.users.clear();
        mine.requests = 0;
        mine.sum = 0;
        return true;
    }

    /** Returns what other threads may read; on the core whose totals they are. */
    private static Part copy(Totals mine) {
        return new Part(Set.copyOf(mine.users), mine.requests, mine.sum);
    }

    /* The union, not the sum of the sizes: a body that came in chunks was counted on any core. */
    private static Stats add(Iterable<Part> parts) {
        Set<String> users = new HashSet<>();
        long requests = 0;
        double sum = 0;
        for (Part part : parts) {
            users.addAll(part.users());
            requests += part.requests();
            sum += part.sum();
        }
        return Stats.of(requests, users.size(), sum);
    }

    /**
     * A copy of one core's totals.
     *
     * @param users whose events it had
     * @param requests how many events
     * @param sum of their values
     */
    private record Part(Set<String> users, long requests, double sum) {}
}
