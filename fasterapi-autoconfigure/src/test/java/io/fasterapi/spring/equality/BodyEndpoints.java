package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.Payloads.Greeting;
import io.fasterapi.spring.equality.Payloads.Order;
import io.fasterapi.spring.equality.Payloads.Person;
import io.fasterapi.spring.equality.Payloads.Point;
import io.fasterapi.spring.equality.Payloads.Signup;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Controller methods told apart by the body they take, or leave alone. */
@RestController
class BodyEndpoints {

    @PostMapping("/echo")
    String echo(@RequestBody String body) {
        return body;
    }

    @PostMapping("/echo-bytes")
    byte[] echoBytes(@RequestBody byte[] body) {
        return body;
    }

    @PostMapping("/person")
    Person person(@RequestBody Person person) {
        return person;
    }

    @PostMapping("/point")
    Point point(@RequestBody Point point) {
        return new Point(point.y(), point.x(), point.label());
    }

    @PostMapping("/order")
    Order order(@RequestBody Order order) {
        return order;
    }

    @PostMapping("/points")
    List<Point> points(@RequestBody List<Point> points) {
        return points;
    }

    @PostMapping("/map")
    Map<String, Object> map(@RequestBody Map<String, Object> map) {
        return map;
    }

    @PostMapping("/maybe")
    String maybe(@RequestBody(required = false) Point point) {
        return String.valueOf(point);
    }

    @PostMapping("/mono-body")
    Mono<Greeting> monoBody(@RequestBody Mono<Point> point) {
        return point.map(p -> new Greeting("at " + p.x()));
    }

    @PostMapping("/flux-body")
    Mono<Integer> fluxBody(@RequestBody Flux<Point> points) {
        return points.map(Point::x).reduce(0, Integer::sum);
    }

    @PostMapping("/flux-echo")
    Flux<Point> fluxEcho(@RequestBody Flux<Point> points) {
        return points;
    }

    @PostMapping("/http-entity")
    ResponseEntity<String> httpEntity(HttpEntity<String> entity) {
        return ResponseEntity.accepted()
                .header("X-Type", String.valueOf(entity.getHeaders().getContentType()))
                .body(entity.getBody());
    }

    @PutMapping("/points/{id}")
    @ResponseStatus(HttpStatus.CREATED)
    Point put(@PathVariable int id, @RequestBody Point point) {
        return new Point(id, point.y(), point.label());
    }

    @PatchMapping("/points/{id}")
    Point patch(@PathVariable int id, @RequestBody Map<String, Object> change) {
        return new Point(id, 0, String.valueOf(change.get("label")));
    }

    @DeleteMapping("/points/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable int id) {}

    @PostMapping("/valid")
    String valid(@Valid @RequestBody Signup signup) {
        return signup.name();
    }

    @PostMapping("/valid-mono")
    Mono<String> validMono(@Valid @RequestBody Mono<Signup> signup) {
        return signup.map(Signup::name);
    }

    @PostMapping(path = "/only-json", consumes = MediaType.APPLICATION_JSON_VALUE)
    String onlyJson(@RequestBody String body) {
        return body;
    }

    /** Sends what it gets, piece by piece. */
    @PostMapping("/copy")
    Flux<DataBuffer> copy(@RequestBody Flux<DataBuffer> body) {
        return body;
    }

    @PostMapping("/copy-exchange")
    Mono<Void> copyExchange(ServerWebExchange exchange) {
        exchange.getResponse().getHeaders().setContentType(MediaType.APPLICATION_OCTET_STREAM);
        return exchange.getResponse().writeWith(exchange.getRequest().getBody());
    }

    @PostMapping("/count")
    Mono<String> count(ServerWebExchange exchange) {
        return DataBufferUtils.join(exchange.getRequest().getBody())
                .map(BodyEndpoints::size)
                .defaultIfEmpty(0)
                .map(n -> "read " + n);
    }

    @PostMapping("/ignore")
    String ignore() {
        return "ignored";
    }

    /** Answers first, then reads and drops the body. */
    @PostMapping("/answer-first")
    Mono<Void> answerFirst(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        DataBuffer answer = response.bufferFactory().wrap("answered".getBytes());
        response.getHeaders().setContentLength(answer.readableByteCount());
        return response.writeWith(Mono.just(answer))
                .then(exchange.getRequest().getBody().doOnNext(DataBufferUtils::release).then());
    }

    private static int size(DataBuffer buffer) {
        int size = buffer.readableByteCount();
        DataBufferUtils.release(buffer);
        return size;
    }
}
