package io.fasterapi.spring.webflux.compile;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A controller that knows which way its methods were called, and how often. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class CompiledApplication {

    final AtomicInteger calls = new AtomicInteger();
    final CountDownLatch cancelled = new CountDownLatch(1);

    record Item(@NotBlank String name) {}

    /** Cannot be written. */
    record Broken(String name) {

        public String getTrouble() {
            throw new IllegalArgumentException("trouble on purpose");
        }
    }

    private String lane() {
        calls.incrementAndGet();
        String lane =
                Arrays.stream(new Throwable().getStackTrace())
                        .map(StackTraceElement::getClassName)
                        .map(CompiledApplication::laneOf)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .orElse("webflux");
        return lane + " " + Thread.currentThread().getName();
    }

    private static Optional<String> laneOf(String caller) {
        if (caller.endsWith(".CompiledHandler")) {
            return Optional.of("direct");
        }
        return caller.endsWith(".Dispatch") ? Optional.of("filtered") : Optional.empty();
    }

    @GetMapping("/lane/{id}")
    String lane(@PathVariable int id, @RequestParam(defaultValue = "x") String mark) {
        return lane() + " " + id + " " + mark;
    }

    @PostMapping("/items")
    @ResponseStatus(HttpStatus.CREATED)
    ResponseEntity<Item> items(@Valid @RequestBody Item item) {
        return ResponseEntity.accepted().header("X-Lane", lane()).body(item);
    }

    @GetMapping("/failing")
    String failing(@RequestParam(required = false) String not) {
        if (not != null) {
            return not;
        }
        throw new IllegalStateException(lane());
    }

    @GetMapping("/failing-later")
    Mono<String> failingLater() {
        String lane = lane();
        return Mono.delay(Duration.ofMillis(1))
                .flatMap(tick -> Mono.error(new IllegalStateException(lane)));
    }

    @GetMapping("/failing-stage")
    CompletableFuture<String> failingStage() {
        return CompletableFuture.failedFuture(new IllegalStateException(lane()));
    }

    @GetMapping("/unwritable")
    Broken unwritable() {
        calls.incrementAndGet();
        return new Broken("x");
    }

    @GetMapping("/later")
    Mono<String> later() {
        String lane = lane();
        return Mono.delay(Duration.ofMillis(1)).map(tick -> lane);
    }

    @GetMapping("/never")
    Mono<String> never() {
        calls.incrementAndGet();
        return Mono.<String>never().doOnCancel(cancelled::countDown);
    }

    @ExceptionHandler(IllegalStateException.class)
    ResponseEntity<String> handle(IllegalStateException failure) {
        return ResponseEntity.status(409).body("handled " + failure.getMessage());
    }
}
