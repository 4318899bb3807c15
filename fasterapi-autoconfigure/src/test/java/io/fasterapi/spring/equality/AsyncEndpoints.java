package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.Payloads.Greeting;
import io.fasterapi.spring.equality.Payloads.Point;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Controller methods that answer by a publisher or a future, at once or later, whole or streamed.
 */
@RestController
class AsyncEndpoints {

    private static final Duration LATER = Duration.ofMillis(20);

    @GetMapping("/mono")
    Mono<Greeting> mono() {
        return Mono.just(new Greeting("mono"));
    }

    @GetMapping("/mono-empty")
    Mono<Greeting> monoEmpty() {
        return Mono.empty();
    }

    @GetMapping("/mono-void")
    Mono<Void> monoVoid() {
        return Mono.empty();
    }

    @GetMapping("/mono-entity")
    Mono<ResponseEntity<String>> monoEntity() {
        return Mono.just(ResponseEntity.status(HttpStatus.ACCEPTED).body("entity"));
    }

    @GetMapping("/entity-mono")
    ResponseEntity<Mono<String>> entityMono() {
        return ResponseEntity.ok().header("X-Early", "yes").body(Mono.just("late"));
    }

    @GetMapping("/delayed/{millis}")
    Mono<String> delayed(@PathVariable int millis) {
        return Mono.delay(Duration.ofMillis(millis)).map(t -> "after " + millis);
    }

    @GetMapping("/elsewhere")
    Mono<String> elsewhere() {
        return Mono.fromCallable(() -> "elsewhere").subscribeOn(Schedulers.boundedElastic());
    }

    @GetMapping("/stage")
    CompletionStage<Greeting> stage() {
        return CompletableFuture.supplyAsync(() -> new Greeting("stage"));
    }

    @GetMapping("/flux")
    Flux<Point> flux(@RequestParam(defaultValue = "3") int n) {
        return Flux.range(0, n).map(i -> new Point(i, i * i, "p" + i));
    }

    @GetMapping("/flux-text")
    Flux<String> fluxText() {
        return Flux.just("one ", "two ", "three");
    }

    @GetMapping("/flux-delayed")
    Flux<Point> fluxDelayed() {
        return flux(3).delayElements(LATER);
    }

    @GetMapping(path = "/ndjson", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<Point> ndjson() {
        return flux(3);
    }

    @GetMapping(path = "/ndjson-delayed", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<Point> ndjsonDelayed() {
        return flux(3).delayElements(LATER);
    }

    @GetMapping(path = "/sse", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<Point> sse() {
        return flux(3);
    }

    @GetMapping("/sse-events")
    Flux<ServerSentEvent<String>> sseEvents() {
        return Flux.range(1, 3)
                .map(
                        i ->
                                ServerSentEvent.builder("line " + i + "\nmore")
                                        .id("" + i)
                                        .event("tick")
                                        .retry(LATER)
                                        .comment("c")
                                        .build())
                .delayElements(LATER);
    }

    @GetMapping("/streamed")
    Mono<Void> streamed(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
        return response.writeAndFlushWith(
                Flux.just("a", "b", "c")
                        .map(t -> Mono.just(response.bufferFactory().wrap(t.getBytes()))));
    }

    /** The first element is on the wire long before the error. */
    @GetMapping(path = "/fails-later", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<Point> failsLater() {
        Mono<Point> failure = Mono.error(new IllegalStateException("after the first"));
        return Flux.concat(flux(1), failure.delaySubscription(Duration.ofMillis(100)));
    }

    /** The error comes at once behind the first element. */
    @GetMapping(
            path = "/fails-behind",
            produces = {
                MediaType.APPLICATION_NDJSON_VALUE,
                MediaType.TEXT_EVENT_STREAM_VALUE,
                MediaType.APPLICATION_JSON_VALUE
            })
    Flux<Point> failsBehind() {
        return Flux.concat(flux(1), Mono.error(new IllegalStateException("behind the first")));
    }

    @GetMapping(path = "/fails-first", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<Point> failsFirst() {
        return Flux.error(new IllegalStateException("before the first"));
    }

    /** One JSON array, which fails in the middle. */
    @GetMapping("/fails-within")
    Flux<Point> failsWithin() {
        return Flux.concat(flux(1), Mono.error(new IllegalStateException("within")));
    }
}
