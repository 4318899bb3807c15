package io.fasterapi.spring.webflux.compile;

import com.fasterxml.jackson.annotation.JsonView;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Created;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Document;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Fragile;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Long;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Page;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Point;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Shape;
import io.fasterapi.spring.webflux.compile.WrittenTypes.Short;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Methods of many declared types, which return what a test has chosen. */
@RestController
@RequestMapping("/w")
class WrittenEndpoints extends WrittenTypes.Base<WrittenTypes.Point>
        implements WrittenTypes.Contract<WrittenTypes.Point> {

    private static <T> T take() {
        return WrittenTypes.take();
    }

    @Override
    public Document viewOfContract() {
        return take();
    }

    @Override
    public ResponseEntity<Point> entityOfContract() {
        return take();
    }

    @Override
    public Mono<Page<Point>> pageOfContract() {
        return Mono.justOrEmpty((Page<Point>) take());
    }

    @GetMapping("/point")
    Point point() {
        return take();
    }

    @GetMapping("/created")
    @Created
    Point created() {
        return take();
    }

    @GetMapping("/shape")
    Shape shape() {
        return take();
    }

    @GetMapping("/shapes")
    List<Shape> shapes() {
        return take();
    }

    @GetMapping("/map")
    Map<String, @Nullable Shape> map() {
        return take();
    }

    @GetMapping("/anything")
    Map<String, Object> anything() {
        return take();
    }

    @GetMapping("/page")
    Page<Shape> page() {
        return take();
    }

    @GetMapping("/document")
    Document document() {
        return take();
    }

    @GetMapping("/viewed")
    @JsonView(Short.class)
    ResponseEntity<Document> viewed() {
        return take();
    }

    @GetMapping("/viewed-later")
    @JsonView(Long.class)
    Mono<Document> viewedLater() {
        return Mono.justOrEmpty((Document) take());
    }

    @GetMapping("/fragile")
    Fragile fragile() {
        return take();
    }

    @GetMapping("/fragile-entity")
    ResponseEntity<Fragile> fragileEntity() {
        return take();
    }

    @GetMapping("/text")
    String text() {
        return take();
    }

    @GetMapping("/text-later")
    Mono<String> textLater() {
        return Mono.justOrEmpty((String) take());
    }

    @GetMapping("/bytes")
    byte[] bytes() {
        return take();
    }

    @GetMapping("/number")
    int number() {
        return take();
    }

    @GetMapping("/entity-text")
    ResponseEntity<String> entityText() {
        return take();
    }

    @GetMapping("/entity-bytes")
    Mono<ResponseEntity<byte[]>> entityBytes() {
        return Mono.justOrEmpty((ResponseEntity<byte[]>) take());
    }

    @GetMapping("/entity-shape")
    CompletableFuture<ResponseEntity<Shape>> entityShape() {
        return CompletableFuture.completedFuture(take());
    }

    @GetMapping("/stage")
    CompletableFuture<Point> stage() {
        return CompletableFuture.completedFuture(take());
    }

    @GetMapping(
            path = "/produces",
            produces = {"application/json", "text/plain"})
    String produces() {
        return take();
    }

    @GetMapping(path = "/produces-json", produces = "application/vnd.own+json")
    Point producesJson() {
        return take();
    }

    /** Chooses the type of some answers itself, while it runs. */
    @GetMapping("/typed")
    String typed(ServerWebExchange exchange) {
        return typed(exchange, take());
    }

    /** The same later. */
    @GetMapping("/typed-later")
    Mono<String> typedLater(ServerWebExchange exchange) {
        String text = take();
        return Mono.fromSupplier(() -> typed(exchange, text));
    }

    /** Fails once its type may have been set, with an error that leaves the headers alone. */
    @GetMapping("/fails-later")
    Mono<String> failsLater() {
        String text = take();
        return Mono.fromSupplier(
                () -> {
                    if (text.length() % 3 == 0) {
                        throw new ResponseStatusException(HttpStatus.CONFLICT);
                    }
                    return text;
                });
    }

    /** The same for a type that text is not written as. */
    @GetMapping("/typed-point")
    Mono<Point> typedPoint(ServerWebExchange exchange) {
        Point point = take();
        return Mono.fromSupplier(
                () -> {
                    typed(exchange, String.valueOf(point.name()));
                    return point;
                });
    }

    private static String typed(ServerWebExchange exchange, String text) {
        if (text.length() % 2 == 0) {
            exchange.getResponse().getHeaders().setContentType(MediaType.TEXT_MARKDOWN);
        }
        return text;
    }
}
