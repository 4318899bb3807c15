package io.fasterapi.bench.peers.micronaut;

import io.fasterapi.bench.peers.jdbc.JdbcWorlds;
import io.fasterapi.bench.peers.shared.Message;
import io.fasterapi.bench.peers.shared.Order;
import io.fasterapi.bench.peers.shared.User;
import io.fasterapi.bench.peers.shared.Work;
import io.fasterapi.bench.peers.shared.World;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/**
 * The measured endpoints. The event loop of a request runs them, or a blocking thread where it says
 * so.
 */
@Controller
class BenchController {

    private final JdbcWorlds worlds;

    BenchController(JdbcWorlds worlds) {
        this.worlds = worlds;
    }

    @Get(value = "/plaintext", produces = MediaType.TEXT_PLAIN)
    String plaintext() {
        return Message.TEXT;
    }

    @Get("/json")
    Message json() {
        return Message.hello();
    }

    @Get("/users/{id}")
    User user(@PathVariable int id) {
        return User.of(id);
    }

    @Post("/echo")
    Order echo(@Body Order order) {
        return order;
    }

    @Get("/db")
    @ExecuteOn(TaskExecutors.BLOCKING)
    World db() {
        return worlds.some();
    }

    @Get(value = "/slow", produces = MediaType.TEXT_PLAIN)
    @ExecuteOn(TaskExecutors.BLOCKING)
    String slow() {
        return Work.done();
    }
}
