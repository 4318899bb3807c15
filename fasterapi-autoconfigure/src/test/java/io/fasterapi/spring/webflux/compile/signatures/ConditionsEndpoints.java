package io.fasterapi.spring.webflux.compile.signatures;

import com.fasterxml.jackson.annotation.JsonView;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Account;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Product;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Views;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One method for each kind of condition and of result. */
@RestController
@RequestMapping("/cond")
class ConditionsEndpoints {

    @GetMapping(path = "/params", params = "kind=a")
    String params() {
        return "of kind a";
    }

    @GetMapping(path = "/params", params = "kind=b")
    String otherParams() {
        return "of kind b";
    }

    @GetMapping(path = "/headers", headers = "X-Kind=a")
    String headers() {
        return "by header";
    }

    @PostMapping(path = "/consumes", consumes = MediaType.APPLICATION_JSON_VALUE)
    Product consumes(@RequestBody Product product) {
        return product;
    }

    @PostMapping(path = "/consumes", consumes = MediaType.TEXT_PLAIN_VALUE)
    String consumesText(@RequestBody String text) {
        return "text " + text;
    }

    @GetMapping(
            path = "/produces",
            produces = {"application/json", "text/plain"})
    String produces() {
        return "\"any\"";
    }

    @GetMapping(path = "/dialect", produces = "application/vnd.own+json")
    Product dialect() {
        return new Product("p", 1);
    }

    @GetMapping("/regex/{id:[0-9]+}")
    String regex(@PathVariable long id) {
        return "id " + id;
    }

    @GetMapping("/regex/{name:[a-z]+}.{type}")
    String regexes(@PathVariable String name, @PathVariable String type) {
        return name + " of " + type;
    }

    @GetMapping("/rest/{*path}")
    String rest(@PathVariable String path) {
        return path;
    }

    @GetMapping("/part?/x")
    String oneCharacter() {
        return "one";
    }

    @CrossOrigin("https://friend.example")
    @GetMapping("/cross")
    String cross() {
        return "cross";
    }

    @RequestMapping(
            path = "/several",
            method = {RequestMethod.PUT, RequestMethod.POST})
    String several() {
        return "several";
    }

    @RequestMapping("/every")
    String every() {
        return "every";
    }

    @DeleteMapping("/gone")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void gone() {}

    @DeleteMapping("/gone-later")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> goneLater() {
        return Mono.empty();
    }

    @GetMapping("/accepted")
    @ResponseStatus(HttpStatus.ACCEPTED)
    Mono<Product> accepted() {
        return Mono.just(new Product("p", 1));
    }

    @GetMapping(path = "/sse", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Product>> sse() {
        return Flux.just(ServerSentEvent.builder(new Product("p", 1)).id("1").build());
    }

    @GetMapping(path = "/ndjson", produces = MediaType.APPLICATION_NDJSON_VALUE)
    Flux<Product> ndjson() {
        return Flux.range(0, 3).map(i -> new Product("p", i));
    }

    @GetMapping("/flux-text")
    Flux<String> fluxText() {
        return Flux.just("a", "b");
    }

    @GetMapping("/flux-later")
    Flux<Product> fluxLater() {
        return Flux.range(0, 3).delayElements(Duration.ofMillis(1)).map(i -> new Product("", i));
    }

    @GetMapping("/entity-flux")
    ResponseEntity<Flux<Product>> entityFlux() {
        return ResponseEntity.ok().header("X-E", "1").body(Flux.just(new Product("p", 1)));
    }

    @GetMapping("/resource")
    Resource resource() {
        return new ByteArrayResource("resource".getBytes());
    }

    @GetMapping("/object")
    Object object() {
        return List.of(1, Map.of("a", "b"));
    }

    @GetMapping("/future")
    CompletableFuture<Product> future() {
        return CompletableFuture.supplyAsync(() -> new Product("f", 1));
    }

    @GetMapping("/view")
    @JsonView(Views.Public.class)
    Flux<Account> view() {
        return Flux.just(new Account("ann", "s3cr3t"));
    }

    @GetMapping("/problem")
    ProblemDetail problem() {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, "no luck");
    }

    @GetMapping("/wild")
    Mono<ResponseEntity<?>> wild() {
        return Mono.just(ResponseEntity.ok().build());
    }

    @GetMapping("/generic")
    <T> Mono<T> generic() {
        return Mono.empty();
    }
}
