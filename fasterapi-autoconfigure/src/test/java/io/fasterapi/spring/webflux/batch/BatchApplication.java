package io.fasterapi.spring.webflux.batch;

import io.fasterapi.batch.BatchHandler;
import io.fasterapi.batch.BatchItem;
import io.fasterapi.batch.BatchResult;
import io.fasterapi.placement.Placed;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.ShardBy;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The same handlers once for many requests and once for each. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class BatchApplication {

    record Order(@NotBlank String name, int amount) {}

    record Receipt(String name, int twice) {}

    private static Receipt receipt(Order order) {
        return new Receipt(order.name, 2 * order.amount);
    }

    private static void check(Order order) {
        if (order.amount < 0) {
            throw new IllegalStateException("negative: " + order.name);
        }
    }

    /** One request at a time. */
    @RestController
    @RequestMapping("/single")
    static class Single {

        @PostMapping("/list")
        @ResponseStatus(HttpStatus.CREATED)
        Mono<Receipt> list(@Valid @RequestBody Order order) {
            return Mono.fromSupplier(
                    () -> {
                        check(order);
                        return receipt(order);
                    });
        }

        @PostMapping("/mono")
        Mono<ResponseEntity<Receipt>> mono(@Valid @RequestBody Order order) {
            return Mono.just(ResponseEntity.accepted().header("X-Own", "1").body(receipt(order)));
        }

        @GetMapping("/path/{id}")
        Mono<Long> path(@PathVariable Long id) {
            return Mono.just(id + 1);
        }

        @GetMapping("/query")
        Mono<String> query(@RequestParam("text") String text) {
            return Mono.just(text + "!");
        }

        @PostMapping("/own")
        Mono<Receipt> own(@RequestBody Order order) {
            return order.amount == 0
                    ? Mono.error(new IllegalArgumentException("nothing"))
                    : Mono.just(receipt(order));
        }

        @PostMapping("/void")
        Mono<Void> nothing(@RequestBody Order order) {
            return Mono.empty();
        }

        @ExceptionHandler(IllegalStateException.class)
        ResponseEntity<String> handle(IllegalStateException failure) {
            return ResponseEntity.status(409).body("handled " + failure.getMessage());
        }
    }

    /** The same, for many. */
    @RestController
    @RequestMapping("/batched")
    static final class Batched {

        final ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();
        final AtomicReference<Sinks.Empty<Void>> gate = new AtomicReference<>();
        final ConcurrentLinkedQueue<String> cancelled = new ConcurrentLinkedQueue<>();

        @PostMapping("/list")
        @ResponseStatus(HttpStatus.CREATED)
        @BatchHandler
        private List<Receipt> list(@Valid @RequestBody List<Order> orders) {
            orders.forEach(BatchApplication::check);
            return orders.stream().map(BatchApplication::receipt).toList();
        }

        @PostMapping("/mono")
        @BatchHandler(maxSize = 2, idempotent = true)
        Mono<List<ResponseEntity<Receipt>>> mono(List<@Valid Order> orders) {
            return Mono.just(
                    orders.stream()
                            .map(
                                    order ->
                                            ResponseEntity.accepted()
                                                    .header("X-Own", "1")
                                                    .body(receipt(order)))
                            .toList());
        }

        @GetMapping("/path/{id}")
        @BatchHandler
        Flux<Long> path(@PathVariable List<Long> id) {
            return Flux.fromIterable(id).map(each -> each + 1);
        }

        @GetMapping("/query")
        @BatchHandler(groupBy = "length")
        CompletionStage<List<String>> query(@RequestParam("text") List<String> texts) {
            return CompletableFuture.completedFuture(
                    texts.stream().map(text -> text + "!").toList());
        }

        @PostMapping("/own")
        @BatchHandler
        List<BatchResult<Receipt>> own(@RequestBody List<Order> orders) {
            List<BatchResult<Receipt>> results = new ArrayList<>();
            for (Order order : orders) {
                results.add(
                        order.amount == 0
                                ? BatchResult.failed(new IllegalArgumentException("nothing"))
                                : BatchResult.of(receipt(order)));
            }
            return results;
        }

        @PostMapping("/void")
        @BatchHandler
        List<Void> nothing(@RequestBody List<Order> orders) {
            List<Void> nothing = new ArrayList<>();
            orders.forEach(order -> nothing.add(null));
            return nothing;
        }

        @PostMapping("/thread")
        @BatchHandler
        @Placed(Placement.VIRTUAL)
        List<String> thread(List<Order> orders) {
            return orders.stream().map(order -> Thread.currentThread().getName()).toList();
        }

        @PostMapping("/sharded/{key}")
        @BatchHandler
        @ShardBy(path = "key")
        List<String> sharded(List<Order> orders) {
            return orders.stream().map(order -> Thread.currentThread().getName()).toList();
        }

        @PostMapping("/with/{key}")
        @BatchHandler
        List<Map<String, String>> with(List<BatchItem<Order>> items) {
            return items.stream()
                    .map(
                            item ->
                                    Map.of(
                                            "name", item.item().name,
                                            "principal", nameOf(item.principal()),
                                            "header", String.valueOf(item.header("x-own")),
                                            "key", item.pathVariable("key")))
                    .toList();
        }

        private static String nameOf(Principal principal) {
            return principal == null ? "nobody" : principal.getName();
        }

        @PostMapping("/held")
        @BatchHandler(maxSize = 4, maxQueue = 3)
        Mono<List<String>> held(List<Order> orders) {
            sizes.add(orders.size());
            List<String> names = orders.stream().map(Order::name).toList();
            return gate.get().asMono().thenReturn(names).doOnCancel(() -> cancelled.addAll(names));
        }

        @PostMapping("/wrong")
        @BatchHandler
        List<String> wrong(List<Order> orders) {
            return orders.get(0).amount == 0 ? List.of() : List.of("right");
        }

        @ExceptionHandler(IllegalStateException.class)
        ResponseEntity<String> handle(IllegalStateException failure) {
            return ResponseEntity.status(409).body("handled " + failure.getMessage());
        }
    }
}
