package com.example.hello;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
class HelloController {

    record Greeting(String message) {}

    record Order(String article, int quantity) {}

    record Receipt(String article, int total) {}

    @GetMapping("/hello/{name}")
    Greeting hello(@PathVariable String name) {
        return new Greeting("Hello, " + name + "!");
    }

    @PostMapping("/orders")
    Mono<Receipt> order(@RequestBody Order order) {
        return Mono.just(new Receipt(order.article(), 5 * order.quantity()));
    }
}
