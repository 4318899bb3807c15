package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.Payloads.Level;
import io.fasterapi.spring.equality.Payloads.Point;
import io.fasterapi.spring.equality.Payloads.Signup;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpStatus;
import org.springframework.http.RequestEntity;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** More of what methods read: containers, publishers, futures, validated and optional bodies. */
@RestController
@RequestMapping("/read")
class ReadingEndpoints {

    @PostMapping("/array")
    int array(@RequestBody Point[] points) {
        return points.length;
    }

    @PostMapping("/set")
    Set<Level> set(@RequestBody Set<Level> levels) {
        return new TreeSet<>(levels);
    }

    @PostMapping("/tree")
    JsonNode tree(@RequestBody JsonNode tree) {
        return tree;
    }

    @PostMapping("/map-of-points")
    Map<String, Point> mapOfPoints(@RequestBody Map<String, Point> points) {
        return new TreeMap<>(points);
    }

    @PostMapping("/number")
    int number(@RequestBody int number) {
        return number + 1;
    }

    @PostMapping("/level")
    Level level(@RequestBody Level level) {
        return level;
    }

    @PostMapping("/mono-list")
    Mono<Integer> monoList(@RequestBody Mono<List<Point>> points) {
        return points.map(List::size);
    }

    @PostMapping("/mono-text")
    Mono<String> monoText(@RequestBody Mono<String> text) {
        return text.map(t -> "<" + t + ">");
    }

    @PostMapping("/mono-bytes")
    Mono<byte[]> monoBytes(@RequestBody Mono<byte[]> bytes) {
        return bytes;
    }

    /** The body's error is dealt with by the method itself. */
    @PostMapping("/mono-recovers")
    Mono<String> monoRecovers(@RequestBody Mono<Point> point) {
        return point.map(p -> "x " + p.x())
                .onErrorResume(e -> Mono.just("recovered from " + e.getClass().getSimpleName()))
                .defaultIfEmpty("nothing");
    }

    @PostMapping("/mono-optional")
    Mono<String> monoOptional(@RequestBody(required = false) Mono<Point> point) {
        return point.map(p -> "x " + p.x()).defaultIfEmpty("nothing");
    }

    /** Takes the body and leaves it alone. */
    @PostMapping("/mono-unread")
    String monoUnread(@RequestBody Mono<Point> point) {
        return "unread";
    }

    @PostMapping("/flux-text")
    Mono<String> fluxText(@RequestBody Flux<String> text) {
        return text.reduce("", String::concat);
    }

    @PostMapping("/stage")
    CompletionStage<Integer> stage(@RequestBody CompletionStage<Point> point) {
        return point.thenApply(Point::x);
    }

    @PostMapping("/data-buffer")
    String dataBuffer(@RequestBody DataBuffer buffer) {
        int size = buffer.readableByteCount();
        DataBufferUtils.release(buffer);
        return size + " bytes";
    }

    @PostMapping("/byte-buffer")
    int byteBuffer(@RequestBody ByteBuffer buffer) {
        return buffer.remaining();
    }

    @PostMapping("/optional-text")
    String optionalText(@RequestBody(required = false) @Nullable String text) {
        return "text " + text;
    }

    @PostMapping("/optional-bytes")
    String optionalBytes(@RequestBody(required = false) byte @Nullable [] bytes) {
        return "bytes " + Arrays.toString(bytes);
    }

    @PostMapping("/request-entity")
    String requestEntity(RequestEntity<Point> entity) {
        return entity.getMethod() + " " + entity.getUrl().getPath() + " " + entity.getBody();
    }

    @PostMapping("/entity-mono")
    Mono<String> entityMono(HttpEntity<Mono<Point>> entity) {
        return entity.getBody() == null ? Mono.empty() : entity.getBody().map(Point::toString);
    }

    /** Takes one of everything. */
    @PutMapping("/all/{id}")
    Map<String, Object> all(
            @PathVariable long id,
            @RequestParam(defaultValue = "1") int n,
            @RequestHeader("X-Token") String token,
            @RequestBody Point point) {
        return new TreeMap<>(Map.of("id", id, "n", n, "token", token, "point", point));
    }

    @PostMapping("/void")
    void nothing(@RequestBody Point point) {}

    @PostMapping("/void-created")
    @ResponseStatus(HttpStatus.CREATED)
    Mono<Void> nothingLater(@RequestBody Mono<Point> point) {
        return point.then();
    }

    @DeleteMapping("/deleted")
    String deleted(@RequestBody List<Integer> ids) {
        return "deleted " + ids;
    }

    @GetMapping("/by-get")
    String byGet(@RequestBody(required = false) @Nullable String body) {
        return "body " + body;
    }

    @PostMapping("/valid-list")
    int validList(@RequestBody List<@Valid Signup> signups) {
        return signups.size();
    }

    @PostMapping("/valid-nested")
    String validNested(@Valid @RequestBody Group group) {
        return group.first().name();
    }

    @PostMapping("/valid-later")
    int validLater(@Validated(Later.class) @RequestBody Grouped grouped) {
        return grouped.n();
    }

    @PostMapping("/valid-plain")
    int validPlain(@Validated @RequestBody Grouped grouped) {
        return grouped.n();
    }

    /** Both of its constraints make WebFlux validate the whole method. */
    @PostMapping("/valid-method/{n}")
    String validMethod(@PathVariable @Min(2) int n, @Valid @RequestBody Signup signup) {
        return n + " " + signup.name();
    }

    interface Later {}

    record Group(@NotNull @Valid Signup first) {}

    record Grouped(@Min(5) @Min(value = 10, groups = Later.class) int n) {}
}
