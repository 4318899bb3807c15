package io.fasterapi.spring.webflux.compile;

import com.fasterxml.jackson.annotation.JsonView;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.math.BigDecimal;
import java.security.Principal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Controller methods of many signatures; {@link LaneTableWiringTest} says which lane each gets. */
@RestController
class LaneTable {

    enum Colour {
        RED
    }

    record Item(@NotBlank String name) {}

    @GetMapping("/text")
    String text() {
        return "text";
    }

    @GetMapping("/static")
    static String ofNoBean() {
        return "static";
    }

    @GetMapping("/bytes")
    byte[] bytes() {
        return new byte[] {1};
    }

    @GetMapping("/item")
    Item item() {
        return new Item("pen");
    }

    @GetMapping("/list")
    List<Item> list() {
        return List.of();
    }

    @GetMapping("/map")
    Map<String, Object> map() {
        return Map.of();
    }

    @GetMapping("/entity")
    ResponseEntity<Item> entity() {
        return ResponseEntity.ok(item());
    }

    @DeleteMapping("/nothing")
    void nothing() {}

    @GetMapping("/mono")
    Mono<Item> mono() {
        return Mono.just(item());
    }

    @GetMapping("/mono-entity")
    Mono<ResponseEntity<Item>> monoEntity() {
        return Mono.just(entity());
    }

    @GetMapping("/future")
    CompletableFuture<Item> future() {
        return CompletableFuture.completedFuture(item());
    }

    @GetMapping("/stage")
    CompletionStage<List<Item>> stage() {
        return CompletableFuture.completedFuture(list());
    }

    @PostMapping("/created")
    @ResponseStatus(HttpStatus.CREATED)
    Item created(@Valid @RequestBody Item item) {
        return item;
    }

    @PostMapping("/bodies")
    String bodies(@RequestBody List<Item> items) {
        return "" + items.size();
    }

    @PostMapping("/body-text")
    String bodyText(@RequestBody String body) {
        return body;
    }

    @PostMapping("/body-mono")
    Mono<Item> bodyMono(@RequestBody Mono<Item> item) {
        return item;
    }

    @GetMapping("/values/{id}/{uuid}")
    String values(
            @PathVariable long id,
            @PathVariable UUID uuid,
            @RequestParam(defaultValue = "1") int page,
            @RequestParam(required = false) @Nullable Colour colour,
            @RequestHeader("X-Day") LocalDate day,
            @CookieValue(required = false) @Nullable BigDecimal price) {
        return id + " " + uuid + " " + page + " " + colour + " " + day + " " + price;
    }

    @RequestMapping(
            path = {"/both", "/twin"},
            method = {RequestMethod.GET, RequestMethod.PUT})
    String both() {
        return "both";
    }

    @GetMapping("/flux")
    Flux<Item> flux() {
        return Flux.empty();
    }

    @GetMapping("/resource")
    Resource resource() {
        return new ByteArrayResource(new byte[0]);
    }

    @GetMapping("/object")
    Object object() {
        return "object";
    }

    @GetMapping("/wildcard")
    ResponseEntity<?> wildcard() {
        return ResponseEntity.ok().build();
    }

    @RequestMapping("/every-method")
    String everyMethod() {
        return "";
    }

    @GetMapping(path = "/params", params = "a=b")
    String params() {
        return "";
    }

    @GetMapping(path = "/headers", headers = "X-A")
    String headers() {
        return "";
    }

    @PostMapping(path = "/consumes", consumes = "application/json")
    String consumes() {
        return "";
    }

    @GetMapping(path = "/produces", produces = "text/plain")
    String produces() {
        return "";
    }

    @GetMapping(path = "/produces-any", produces = "text/*")
    String producesAny() {
        return "";
    }

    @GetMapping(path = "/produces-dialect", produces = "application/problem+json")
    Item producesDialect() {
        return new Item("");
    }

    @GetMapping(path = "/produces-both", produces = "text/plain")
    String producesText() {
        return "";
    }

    @GetMapping(path = "/produces-both", produces = "text/html")
    String producesPage() {
        return "";
    }

    @GetMapping("/regex/{id:\\d+}")
    String regex(@PathVariable String id) {
        return id;
    }

    @GetMapping("/rest/{*path}")
    String rest(@PathVariable String path) {
        return path;
    }

    @JsonView(Item.class)
    @GetMapping("/view")
    Item view() {
        return item();
    }

    @CrossOrigin
    @GetMapping("/cors")
    String cors() {
        return "";
    }

    @GetMapping("/constrained/{id}")
    String constrained(@PathVariable @Min(1) int id) {
        return "" + id;
    }

    @GetMapping("/optional")
    String optional(@RequestParam Optional<String> name) {
        return name.orElse("");
    }

    @GetMapping("/several")
    String several(@RequestParam List<String> names) {
        return names.toString();
    }

    @GetMapping("/expression")
    String expression(@RequestParam(defaultValue = "${user.name}") String name) {
        return name;
    }

    @GetMapping("/request")
    String request(ServerHttpRequest request) {
        return request.getMethod().name();
    }

    @GetMapping("/response")
    String response(ServerHttpResponse response) {
        return String.valueOf(response.isCommitted());
    }

    @GetMapping("/principal")
    String principal(@Nullable Principal principal) {
        return String.valueOf(principal);
    }

    @GetMapping("/exchange")
    String exchange(ServerWebExchange exchange) {
        return exchange.getLogPrefix();
    }

    @GetMapping("/session")
    Mono<String> session(WebSession session) {
        return Mono.just(session.getId());
    }

    @GetMapping("/model")
    String model(Item item) {
        return item.name();
    }

    @GetMapping("/shadow/{name}")
    String shadow(@PathVariable String name) {
        return name;
    }

    @GetMapping("/shadow/own")
    String shadowOwn() {
        return "own";
    }

    @GetMapping(path = "/shadow/typed", produces = "text/plain")
    String shadowTyped() {
        return "typed";
    }

    @GetMapping("/cross/{a}/b")
    String crossA(@PathVariable String a) {
        return a;
    }

    @GetMapping("/cross/a/{b}")
    String crossB(@PathVariable String b) {
        return b;
    }

    @GetMapping("/functional/{id}")
    String functional(@PathVariable String id) {
        return id;
    }
}
