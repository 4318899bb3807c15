package io.fasterapi.spring.equality;

import io.fasterapi.spring.equality.Payloads.Greeting;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** What {@link FilterVariant} refuses; open where no filter is. */
@RestController
class GuardedEndpoints {

    @GetMapping("/guarded/plain")
    String plain() {
        return "secret";
    }

    @GetMapping("/guarded/json")
    Greeting json() {
        return new Greeting("secret");
    }

    @GetMapping("/guarded/items/{id}")
    String item(@PathVariable String id) {
        return "secret " + id;
    }

    @PostMapping("/guarded/echo")
    String echo(@RequestBody String body) {
        return "secret " + body;
    }

    @GetMapping("/vault/{name}")
    Mono<String> vault(@PathVariable String name) {
        return Mono.just("secret " + name);
    }

    @GetMapping("/vault/deep/{*rest}")
    String deepVault(@PathVariable String rest) {
        return "secret " + rest;
    }

    /** Refused without a header. */
    @GetMapping("/token/needed")
    Greeting token() {
        return new Greeting("secret");
    }
}
