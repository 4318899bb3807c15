package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.webflux.compile.signatures.Payloads.Account;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Login;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.ResponseView;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Some mappings come from the superclass; the views of all of those too. */
@RestController
@RequestMapping("/api/accounts")
class AccountEndpoints extends AccountBase<Account> {

    @Override
    public Account first() {
        return new Account("ann", "s3cr3t");
    }

    @GetMapping("/me")
    Mono<ResponseView<Account>> me(ServerWebExchange exchange) {
        String name = exchange.getRequest().getHeaders().getFirst("X-Name");
        return Mono.just(ResponseView.of(new Account(String.valueOf(name), "")));
    }

    @GetMapping("/current")
    Mono<ResponseView<?>> current() {
        return Mono.just(ResponseView.of(Map.of("name", "ann")));
    }

    @GetMapping("/wild")
    ResponseEntity<?> wild() {
        return ResponseEntity.ok(new Account("ann", "hash"));
    }

    @GetMapping("/wild-list")
    ResponseEntity<List<?>> wildList() {
        return ResponseEntity.ok(List.of(1, "two", Map.of("three", 3)));
    }

    @PutMapping("/mark-status")
    Mono<ResponseView<Boolean>> mark(@RequestBody Map<String, Object> values) {
        return Mono.just(ResponseView.of(values.containsKey("type")));
    }

    @PostMapping("/logout")
    Mono<Void> logout(ServerWebExchange exchange) {
        exchange.getResponse().setStatusCode(HttpStatus.ACCEPTED);
        return Mono.empty();
    }

    @PostMapping("/photo")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> photo(@RequestBody Mono<byte[]> image) {
        return image.then();
    }

    @GetMapping("/photo/{id}")
    Mono<ResponseEntity<byte[]>> photo(@PathVariable String id) {
        return Mono.just(ResponseEntity.ok().header("X-Id", id).body(new byte[] {1, 2, 3}));
    }

    @GetMapping("/redirect")
    Mono<ResponseEntity<Void>> redirect() {
        return Mono.just(ResponseEntity.status(302).header(HttpHeaders.LOCATION, "/x").build());
    }

    @PostMapping("/reset")
    Mono<ResponseView<String>> reset(
            @RequestBody Login login, @RequestHeader(required = false) @Nullable String referer) {
        return Mono.just(ResponseView.of(login.name() + referer));
    }

    @GetMapping("/search")
    Mono<ResponseView<List<String>>> search(
            @RequestParam(defaultValue = "") String name, @RequestParam Map<String, String> all) {
        return Mono.just(ResponseView.of(List.of(name, String.valueOf(all.size()))));
    }

    @GetMapping("/missing")
    Mono<ResponseEntity<Account>> missing() {
        return Mono.just(ResponseEntity.notFound().build());
    }

    @GetMapping("/nobody")
    Mono<Account> nobody() {
        return Mono.empty();
    }
}
