package io.fasterapi.spring.aside;

import io.fasterapi.batch.BatchHandler;
import io.fasterapi.core.CoreLocal;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.placement.Placed;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.ShardBy;
import io.fasterapi.spring.scope.CoreScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** What only answers where there are cores. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    AsideApplication.Orders.class,
    AsideApplication.Counters.class,
    AsideApplication.Tallies.class,
    AsideApplication.Accounts.class,
    AsideApplication.Plain.class,
    AsideApplication.Functions.class,
})
class AsideApplication {

    private static String here() {
        HandlerCore core = HandlerCore.current();
        return core == null ? "no core" : "core";
    }

    record Order(String name) {}

    record Receipt(String name) {}

    @RestController
    static class Orders {

        @PostMapping("/orders")
        @BatchHandler
        List<Receipt> insert(@RequestBody List<Order> orders) {
            return orders.stream().map(order -> new Receipt(order.name)).toList();
        }
    }

    /** The README's own. */
    @RestController
    static class Counters {

        record Counter(String name, long value) {}

        private final HandlerCores cores;
        private final CoreLocal<Map<String, Long>> counters;

        Counters(HandlerCores cores) {
            this.cores = cores;
            this.counters = new CoreLocal<>(cores, HashMap::new);
        }

        @ShardBy(path = "name")
        @PostMapping("/counters/{name}")
        Counter increment(@PathVariable String name) {
            Map<String, Long> mine = counters.get();
            return new Counter(name, mine.merge(name, 1L, Long::sum));
        }

        @GetMapping("/counters")
        CompletableFuture<Map<String, Long>> all() {
            return cores.gather(() -> Map.copyOf(counters.get()))
                    .thenApply(
                            parts -> {
                                Map<String, Long> sums = new TreeMap<>();
                                parts.forEach(
                                        part ->
                                                part.forEach(
                                                        (k, n) -> sums.merge(k, n, Long::sum)));
                                return sums;
                            });
        }

        @PostMapping("/echo")
        String echo(@RequestBody String body) {
            return body + " " + counters.get().getOrDefault(body, 0L);
        }

        @PostMapping("/form")
        Mono<String> form(ServerWebExchange exchange) {
            return exchange.getFormData()
                    .map(
                            form ->
                                    form.getFirst("name")
                                            + " "
                                            + counters.get().getOrDefault("none", 0L));
        }

        @Placed(Placement.VIRTUAL)
        @GetMapping("/waits")
        String waits() {
            return cores.gather(() -> "here").join().get(0) + " " + here();
        }
    }

    /** Remembers what became of the tallies. */
    static class Journal {

        final List<String> destroyed = new CopyOnWriteArrayList<>();
    }

    static class Tally implements DisposableBean {

        private final Journal journal;
        private int count;

        Tally(Journal journal) {
            this.journal = journal;
        }

        int count() {
            return ++count;
        }

        @Override
        public void destroy() {
            journal.destroyed.add("tally");
        }
    }

    @Bean
    Journal journal() {
        return new Journal();
    }

    @Bean
    @CoreScope
    Tally tally(Journal journal) {
        return new Tally(journal);
    }

    @RestController
    static class Tallies {

        private final Tally tally;

        Tallies(Tally tally) {
            this.tally = tally;
        }

        @GetMapping("/tally")
        String tally() {
            return here() + (tally.count() > 0 ? " counted" : "");
        }
    }

    /** One writer per key: what else would lose increments. */
    @RestController
    static class Accounts {

        record Booking(String user) {}

        private final List<Integer> balance = new ArrayList<>(List.of(0, 0));

        private int add(int account) {
            int before = balance.get(account);
            Thread.yield();
            balance.set(account, before + 1);
            return before + 1;
        }

        @ShardBy(header = "account")
        @GetMapping("/accounts")
        String byHeader() {
            return here() + " " + add(0);
        }

        @ShardBy(json = "/user")
        @PostMapping("/bookings")
        String byBody(@RequestBody Booking booking) {
            return here() + " " + booking.user + " " + add(1);
        }
    }

    /** Has asked for nothing. */
    @RestController
    static class Plain {

        @GetMapping("/plain")
        String plain() {
            return Thread.currentThread().getName();
        }
    }

    static class Functions {

        @Bean
        RouterFunction<ServerResponse> functions(HandlerCores cores) {
            CoreLocal<List<String>> bodies = new CoreLocal<>(cores, ArrayList::new);
            return RouterFunctions.route()
                    .POST(
                            "/function",
                            request -> {
                                String first = here();
                                return request.bodyToMono(String.class)
                                        .flatMap(
                                                body -> {
                                                    bodies.get().add(body);
                                                    return ServerResponse.ok()
                                                            .bodyValue(first + " " + here());
                                                });
                            })
                    .build();
        }
    }
}
