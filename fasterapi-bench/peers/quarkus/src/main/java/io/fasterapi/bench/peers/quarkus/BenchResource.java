package io.fasterapi.bench.peers.quarkus;

import io.fasterapi.bench.peers.shared.Message;
import io.fasterapi.bench.peers.shared.Order;
import io.fasterapi.bench.peers.shared.Settings;
import io.fasterapi.bench.peers.shared.User;
import io.fasterapi.bench.peers.shared.Work;
import io.fasterapi.bench.peers.shared.World;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/**
 * The measured endpoints. The event loop runs those that say so, which spares them a change of
 * thread; a worker the slow one.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class BenchResource {

    private final Pool pool;

    BenchResource(Pool pool) {
        this.pool = pool;
    }

    @GET
    @Path("plaintext")
    @Produces(MediaType.TEXT_PLAIN)
    @NonBlocking
    public String plaintext() {
        return Message.TEXT;
    }

    @GET
    @Path("json")
    @NonBlocking
    public Message json() {
        return Message.hello();
    }

    @GET
    @Path("users/{id}")
    @NonBlocking
    public User user(int id) {
        return User.of(id);
    }

    @POST
    @Path("echo")
    @NonBlocking
    public Order echo(Order order) {
        return order;
    }

    @GET
    @Path("db")
    public Uni<World> db() {
        return pool.preparedQuery(Settings.SELECT_WORLD)
                .execute(Tuple.of(World.someId()))
                .map(
                        rows -> {
                            Row row = rows.iterator().next();
                            return new World(row.getInteger(0), row.getInteger(1));
                        });
    }

    @GET
    @Path("slow")
    @Produces(MediaType.TEXT_PLAIN)
    public String slow() {
        return Work.done();
    }
}
