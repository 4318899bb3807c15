package io.fasterapi.bench.peers.webflux;

import io.fasterapi.bench.peers.shared.Message;
import io.fasterapi.bench.peers.shared.Order;
import io.fasterapi.bench.peers.shared.User;
import io.fasterapi.bench.peers.shared.Work;
import io.fasterapi.bench.peers.shared.World;
import org.springframework.context.annotation.Profile;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The measured endpoints as anyone would write them. Whatever thread serves a request runs it. */
@RestController
@Profile("!routes")
class BenchController {

    private final Worlds worlds;

    BenchController(Worlds worlds) {
        this.worlds = worlds;
    }

    @GetMapping("/plaintext")
    String plaintext() {
        return Message.TEXT;
    }

    @GetMapping("/json")
    Message json() {
        return Message.hello();
    }

    @GetMapping("/users/{id}")
    User user(@PathVariable int id) {
        return User.of(id);
    }

    @PostMapping("/echo")
    Order echo(@RequestBody Order order) {
        return order;
    }

    @GetMapping("/db")
    Mono<World> db() {
        return worlds.some();
    }

    @GetMapping("/slow")
    String slow() {
        return Work.done();
    }
}
