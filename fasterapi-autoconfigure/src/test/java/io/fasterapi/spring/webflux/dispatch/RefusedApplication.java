package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.batch.BatchFunction;
import io.fasterapi.batch.BatchHandler;
import io.fasterapi.batch.BatchOptions;
import io.fasterapi.batch.Batcher;
import io.fasterapi.batch.Batchers;
import io.fasterapi.route.FastRoutes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Requests that are held, blocked and batched until the test says so. */
final class RefusedApplication {

    static final String DETAIL =
            "The server has more to do than it can do in time. Try again later.";

    private RefusedApplication() {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Beans {

        @Bean
        Endpoints endpoints(Batchers batchers) {
            return new Endpoints(batchers);
        }

        @Bean
        FastRoutes fastRoutes(Endpoints endpoints) {
            return FastRoutes.builder()
                    .get(
                            "/fast/many/{id}",
                            (req, res) -> {
                                var later = res.async();
                                endpoints.fast.add(() -> later.text("fast"));
                            })
                    .build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Filtering {

        @Bean
        WebFilter passing() {
            return (exchange, chain) -> chain.filter(exchange);
        }
    }

    @RestController
    static class Endpoints {

        volatile boolean holding;
        final List<Sinks.One<String>> held = new CopyOnWriteArrayList<>();
        final List<Runnable> fast = new CopyOnWriteArrayList<>();
        final CountDownLatch entered = new CountDownLatch(1);
        final CountDownLatch opened = new CountDownLatch(1);
        final Sinks.Empty<Void> end = Sinks.empty();
        private final List<Integer> sizes = new CopyOnWriteArrayList<>();
        private final Map<String, Batcher<String, String>> batchers;

        Endpoints(Batchers all) {
            BatchOptions options = BatchOptions.defaults().withMaxQueue(1);
            BatchFunction<String, String> function = BatchFunction.ofMono(this::batch);
            batchers =
                    Map.of(
                            "one", all.create("behind/one", options, function),
                            "many", all.create("behind/many", options, function));
        }

        void release() {
            opened.countDown();
            held.forEach(each -> each.tryEmitValue("done"));
        }

        int batches() {
            return sizes.size();
        }

        private Mono<List<String>> batch(List<String> items) {
            sizes.add(items.size());
            return end.asMono().thenReturn(items);
        }

        @GetMapping("/held/one")
        Mono<String> one() {
            return hold();
        }

        @GetMapping("/held/many")
        Mono<String> many() {
            return hold();
        }

        private Mono<String> hold() {
            if (!holding) {
                return Mono.just("free");
            }
            Sinks.One<String> sink = Sinks.one();
            held.add(sink);
            return sink.asMono();
        }

        @GetMapping("/blocked/one")
        String blockedOne() throws InterruptedException {
            return block();
        }

        @GetMapping("/blocked/many")
        String blockedMany() throws InterruptedException {
            return block();
        }

        private String block() throws InterruptedException {
            if (!holding) {
                return "free";
            }
            entered.countDown();
            opened.await();
            return "done";
        }

        @PostMapping("/batched/one")
        @BatchHandler(maxQueue = 1)
        Mono<List<String>> batchedOne(@RequestBody List<String> items) {
            return batch(items);
        }

        @PostMapping("/batched/many")
        @BatchHandler(maxQueue = 1)
        Mono<List<String>> batchedMany(@RequestBody List<String> items) {
            return batch(items);
        }

        @PostMapping("/behind/one")
        Mono<String> behindOne(@RequestBody String item) {
            return batchers.get("one").submit(item);
        }

        @PostMapping("/behind/many")
        Mono<String> behindMany(@RequestBody String item) {
            return batchers.get("many").submit(item);
        }

        @GetMapping("/springs")
        Mono<String> springs() {
            return Mono.error(
                    new ErrorResponseException(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            ProblemDetail.forStatusAndDetail(
                                    HttpStatus.SERVICE_UNAVAILABLE, DETAIL),
                            null));
        }
    }
}
