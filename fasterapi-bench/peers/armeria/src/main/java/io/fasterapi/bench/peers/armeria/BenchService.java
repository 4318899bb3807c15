package io.fasterapi.bench.peers.armeria;

import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.ConsumesJson;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Post;
import com.linecorp.armeria.server.annotation.ProducesJson;
import com.linecorp.armeria.server.annotation.ProducesText;
import io.fasterapi.bench.peers.jdbc.JdbcWorlds;
import io.fasterapi.bench.peers.shared.Message;
import io.fasterapi.bench.peers.shared.Order;
import io.fasterapi.bench.peers.shared.User;
import io.fasterapi.bench.peers.shared.Work;
import io.fasterapi.bench.peers.shared.World;

/**
 * The measured endpoints. The event loop of a request runs them, or a blocking thread where it says
 * so.
 */
public final class BenchService {

    private final JdbcWorlds worlds;

    BenchService(JdbcWorlds worlds) {
        this.worlds = worlds;
    }

    @Get("/plaintext")
    @ProducesText
    public String plaintext() {
        return Message.TEXT;
    }

    @Get("/json")
    @ProducesJson
    public Message json() {
        return Message.hello();
    }

    @Get("/users/{id}")
    @ProducesJson
    public User user(@Param int id) {
        return User.of(id);
    }

    @Post("/echo")
    @ConsumesJson
    @ProducesJson
    public Order echo(Order order) {
        return order;
    }

    @Get("/db")
    @Blocking
    @ProducesJson
    public World db() {
        return worlds.some();
    }

    @Get("/slow")
    @Blocking
    @ProducesText
    public String slow() {
        return Work.done();
    }
}
