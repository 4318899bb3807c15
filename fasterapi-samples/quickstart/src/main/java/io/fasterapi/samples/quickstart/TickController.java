package io.fasterapi.samples.quickstart;

import java.time.Duration;
import java.time.Instant;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** A stream of server-sent events, one per second until the client leaves. */
@RestController
class TickController {

    @GetMapping(path = "/ticks", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Tick>> ticks() {
        return Flux.interval(Duration.ZERO, Duration.ofSeconds(1))
                .onBackpressureDrop() // a client that reads slowly misses ticks
                .map(number -> new Tick(number, Instant.now()))
                .map(tick -> ServerSentEvent.builder(tick).event("tick").build());
    }

    record Tick(long number, Instant time) {}
}
