package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.Payloads.Greeting;
import io.fasterapi.spring.equality.Payloads.Point;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** More of what methods return: entities, publishers and futures of each other, statuses. */
@RestController
@RequestMapping("/result")
class EntityEndpoints {

    private static final List<Point> POINTS = List.of(new Point(1, 2, "a"), new Point(3, 4, "b"));

    @GetMapping("/entity-list")
    ResponseEntity<List<Point>> entityList() {
        return ResponseEntity.ok().header("X-List", "2").body(POINTS);
    }

    @GetMapping("/entity-bytes")
    ResponseEntity<byte[]> entityBytes() {
        return ResponseEntity.ok().contentType(MediaType.IMAGE_PNG).body(new byte[] {1, 2, 3});
    }

    @GetMapping("/entity-text")
    ResponseEntity<String> entityText() {
        return ResponseEntity.status(HttpStatus.NOT_FOUND).body("no such text");
    }

    @GetMapping("/entity-wild")
    ResponseEntity<?> entityWild() {
        return ResponseEntity.badRequest().body(new Greeting("wild"));
    }

    @GetMapping("/entity-flux")
    ResponseEntity<Flux<Point>> entityFlux() {
        return ResponseEntity.ok(Flux.fromIterable(POINTS));
    }

    @GetMapping("/entity-null")
    @Nullable ResponseEntity<String> entityNull() {
        return null;
    }

    @GetMapping("/entity-type-unacceptable")
    ResponseEntity<Greeting> entityType() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF).body(new Greeting("pdf"));
    }

    @GetMapping("/http-entity")
    HttpEntity<Point> httpEntity() {
        HttpHeaders headers = new HttpHeaders();
        headers.setLocation(URI.create("/there"));
        return new HttpEntity<>(POINTS.get(0), headers);
    }

    @GetMapping("/headers-only")
    HttpHeaders headersOnly() {
        HttpHeaders headers = new HttpHeaders();
        headers.add("X-Only", "1");
        return headers;
    }

    @GetMapping("/mono-entity-void")
    Mono<ResponseEntity<Void>> monoEntityVoid() {
        return Mono.just(ResponseEntity.noContent().header("X-Void", "1").build());
    }

    @GetMapping("/mono-entity-flux")
    Mono<ResponseEntity<Flux<Point>>> monoEntityFlux() {
        return Mono.just(ResponseEntity.ok(Flux.fromIterable(POINTS)));
    }

    @GetMapping("/mono-entity-empty")
    Mono<ResponseEntity<Point>> monoEntityEmpty() {
        return Mono.just(new Point(0, 0, "")).filter(p -> p.x() > 0).map(ResponseEntity::ok);
    }

    @GetMapping("/mono-list")
    Mono<List<Point>> monoList() {
        return Mono.just(POINTS);
    }

    @GetMapping("/mono-map")
    Mono<Map<String, Integer>> monoMap() {
        return Mono.just(Map.of("one", 1));
    }

    @GetMapping("/mono-text")
    Mono<String> monoText() {
        return Mono.just("text in a mono");
    }

    @GetMapping("/mono-text-empty")
    Mono<String> monoTextEmpty() {
        return Mono.empty();
    }

    @GetMapping("/mono-bytes")
    Mono<byte[]> monoBytes() {
        return Mono.just(new byte[] {4, 5});
    }

    @GetMapping("/mono-object")
    Mono<Object> monoObject() {
        return Mono.just(POINTS.get(1));
    }

    @GetMapping("/mono-throws")
    Mono<String> monoThrows() {
        throw new IllegalStateException("not in the mono");
    }

    @GetMapping("/mono-null")
    @Nullable Mono<String> monoNull() {
        return null;
    }

    @GetMapping("/publisher")
    Publisher<Point> publisher() {
        return Flux.fromIterable(POINTS);
    }

    @GetMapping("/stage-entity")
    CompletionStage<ResponseEntity<Point>> stageEntity() {
        return CompletableFuture.completedFuture(ResponseEntity.accepted().body(POINTS.get(0)));
    }

    @GetMapping("/stage-text")
    CompletableFuture<String> stageText() {
        return CompletableFuture.completedFuture("text in a future");
    }

    @GetMapping("/stage-null")
    CompletableFuture<@Nullable String> stageNull() {
        return CompletableFuture.completedFuture(null);
    }

    @GetMapping("/stage-failed")
    CompletableFuture<String> stageFailed() {
        return CompletableFuture.failedFuture(new IllegalStateException("in the future"));
    }

    @GetMapping("/array")
    Point[] array() {
        return POINTS.toArray(Point[]::new);
    }

    @GetMapping("/ints")
    int[] ints() {
        return new int[] {1, 2, 3};
    }

    @GetMapping("/set")
    Set<String> set() {
        return new TreeSet<>(Set.of("b", "a"));
    }

    @GetMapping("/boxed")
    @Nullable Integer boxed() {
        return null;
    }

    @GetMapping("/truth")
    boolean truth() {
        return true;
    }

    @GetMapping("/chars")
    CharSequence chars() {
        return new StringBuilder("built");
    }

    @GetMapping("/byte-buffer")
    ByteBuffer byteBuffer() {
        return ByteBuffer.wrap("buffer".getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/data-buffer")
    Mono<DataBuffer> dataBuffer(ServerHttpResponse response) {
        return Mono.fromSupplier(
                () -> response.bufferFactory().wrap("data".getBytes(StandardCharsets.UTF_8)));
    }

    @GetMapping("/problem")
    ProblemDetail problem() {
        return ProblemDetail.forStatusAndDetail(HttpStatus.TOO_EARLY, "returned, not thrown");
    }

    @PostMapping("/created")
    @ResponseStatus(HttpStatus.CREATED)
    Greeting created() {
        return new Greeting("created");
    }

    /** A body under a status that has none. */
    @GetMapping("/no-content")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    String noContent() {
        return "never seen";
    }

    @GetMapping("/reason")
    @ResponseStatus(code = HttpStatus.ACCEPTED, reason = "later")
    String reason() {
        return "accepted";
    }

    @GetMapping("/sets-status")
    Greeting setsStatus(ServerHttpResponse response) {
        response.setRawStatusCode(299);
        return new Greeting("own status");
    }

    @GetMapping("/sets-type")
    String setsType(ServerHttpResponse response) {
        response.getHeaders().setContentType(MediaType.APPLICATION_XML);
        return "<x/>";
    }
}
