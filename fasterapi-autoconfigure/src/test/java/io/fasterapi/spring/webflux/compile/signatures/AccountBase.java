package io.fasterapi.spring.webflux.compile.signatures;

import com.fasterxml.jackson.annotation.JsonView;
import io.fasterapi.spring.webflux.compile.signatures.Payloads.Views;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What every kind of account answers: mappings and views of a superclass. */
abstract class AccountBase<T> {

    @GetMapping("/first")
    @JsonView(Views.Public.class)
    public abstract T first();

    @GetMapping("/second")
    @JsonView(Views.Public.class)
    public Mono<T> second() {
        return Mono.fromSupplier(this::first);
    }

    @GetMapping("/third")
    @JsonView(Views.Public.class)
    public Flux<T> third() {
        return Flux.just(first(), first());
    }

    @PostMapping("/echo")
    @JsonView(Views.Public.class)
    public T echo(@RequestBody @JsonView(Views.Public.class) T account) {
        return account;
    }
}
