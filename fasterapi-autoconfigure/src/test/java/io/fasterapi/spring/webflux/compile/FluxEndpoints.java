package io.fasterapi.spring.webflux.compile;

import com.fasterxml.jackson.annotation.JsonView;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Methods that return many values. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class FluxEndpoints {

    /** What the next requests get; set by the test, which asks one thing at a time. */
    static volatile Supplier<Flux<Item>> items = Flux::empty;

    static volatile Supplier<Flux<String>> texts = Flux::empty;

    final AtomicInteger cancelled = new AtomicInteger();
    final AtomicLong taken = new AtomicLong();

    /**
     * A value.
     *
     * @param number fails to be written if it is negative
     */
    record Item(@JsonView(Brief.class) int number, String text) {

        @JsonView(Brief.class)
        public int getHalf() {
            if (number < 0) {
                throw new IllegalStateException("negative");
            }
            return number / 2;
        }
    }

    interface Brief {}

    /** Is handled by the controller. */
    static final class HandledException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        HandledException() {
            super("handled");
        }
    }

    /** Reactor lets it pass where it is thrown. */
    static final class FatalError extends VirtualMachineError {

        private static final long serialVersionUID = 1L;
    }

    static Flux<Item> numbers(int count) {
        return Flux.range(0, count).map(i -> new Item(i, "text " + i));
    }

    @GetMapping("/items")
    Flux<Item> items() {
        return items.get();
    }

    @GetMapping("/texts")
    Flux<String> texts() {
        return texts.get();
    }

    @GetMapping("/ten")
    Flux<Item> ten() {
        return numbers(10);
    }

    @GetMapping("/entity")
    ResponseEntity<Flux<Item>> entity() {
        return ResponseEntity.status(HttpStatus.ACCEPTED)
                .header("X-Count", "some")
                .header("Content-Language", "en")
                .body(items.get());
    }

    @GetMapping("/typed")
    ResponseEntity<Flux<Item>> typed() {
        return ResponseEntity.ok()
                .contentType(new MediaType("application", "vnd.test+json"))
                .body(items.get());
    }

    @GetMapping("/none")
    ResponseEntity<Flux<Item>> none() {
        return ResponseEntity.ok().build();
    }

    @GetMapping("/nothing")
    Flux<Item> nothing() {
        return null;
    }

    @ResponseStatus(HttpStatus.ALREADY_REPORTED)
    @GetMapping("/status")
    Flux<Item> status() {
        return items.get();
    }

    @JsonView(Brief.class)
    @GetMapping("/brief")
    Flux<Item> brief() {
        return items.get();
    }

    @PostMapping("/echo")
    Flux<Item> echo(@RequestBody Item item) {
        return Flux.just(item).concatWith(items.get());
    }

    @GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Item>> events() {
        return items.get().map(item -> ServerSentEvent.builder(item).id("i").build());
    }

    @GetMapping("/endless")
    Flux<Item> endless() {
        String text = "x".repeat(1000);
        return Flux.<Item>generate(sink -> sink.next(new Item(1, text)))
                .doOnNext(item -> taken.incrementAndGet())
                .doOnCancel(cancelled::incrementAndGet);
    }

    /** Events of text have no buffers that are lost with a connection, as in stock others have. */
    @GetMapping(path = "/endless-events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> endlessEvents() {
        return endless().map(Item::text);
    }

    @GetMapping("/ticking")
    Flux<Item> ticking() {
        return Flux.interval(Duration.ZERO, Duration.ofMillis(5), Schedulers.parallel())
                .onBackpressureDrop()
                .map(i -> new Item(i.intValue(), "tick"))
                .doOnCancel(cancelled::incrementAndGet);
    }

    @GetMapping("/waiting")
    Flux<Item> waiting() {
        return numbers(3).concatWith(Flux.never()).doOnCancel(cancelled::incrementAndGet);
    }

    /** Has no body: one that comes after another has begun is never released, in stock neither. */
    @ExceptionHandler
    ResponseEntity<Void> handled(HandledException failure) {
        return ResponseEntity.status(HttpStatus.CONFLICT).build();
    }
}
