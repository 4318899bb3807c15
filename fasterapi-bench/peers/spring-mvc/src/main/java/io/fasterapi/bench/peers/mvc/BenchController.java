package io.fasterapi.bench.peers.mvc;

import io.fasterapi.bench.peers.shared.Message;
import io.fasterapi.bench.peers.shared.Order;
import io.fasterapi.bench.peers.shared.User;
import io.fasterapi.bench.peers.shared.Work;
import io.fasterapi.bench.peers.shared.World;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** The measured endpoints as anyone would write them. The thread of the request runs them. */
@RestController
class BenchController {

    private final JdbcClient database;

    BenchController(JdbcClient database) {
        this.database = database;
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
    World db() {
        return database.sql("SELECT id, randomnumber FROM world WHERE id = ?")
                .param(World.someId())
                .query((row, number) -> new World(row.getInt(1), row.getInt(2)))
                .single();
    }

    @GetMapping("/slow")
    String slow() {
        return Work.done();
    }
}
