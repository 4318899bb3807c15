package io.fasterapi.bench.peers.reactornetty;

import io.fasterapi.bench.peers.shared.Message;
import io.fasterapi.bench.peers.shared.Order;
import io.fasterapi.bench.peers.shared.Settings;
import io.fasterapi.bench.peers.shared.User;
import io.fasterapi.bench.peers.shared.Work;
import io.fasterapi.bench.peers.shared.World;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.spi.Readable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.databind.json.JsonMapper;

/** Reactor Netty as it comes, with its router. Its event loops run the handlers. */
public final class ReactorNettyServer {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ConnectionPool pool;

    private ReactorNettyServer(Settings settings) {
        PostgresqlConnectionConfiguration database =
                PostgresqlConnectionConfiguration.builder()
                        .host(settings.databaseHost())
                        .port(settings.databasePort())
                        .database(Settings.DATABASE)
                        .username(Settings.DATABASE_USER)
                        .build();
        pool =
                new ConnectionPool(
                        ConnectionPoolConfiguration.builder(
                                        new PostgresqlConnectionFactory(database))
                                .initialSize(1)
                                .maxSize(Settings.CONNECTIONS)
                                .build());
    }

    public static void main(String[] arguments) {
        Settings settings = Settings.of(arguments);
        ReactorNettyServer server = new ReactorNettyServer(settings);
        HttpServer.create()
                .host("127.0.0.1")
                .port(settings.port())
                .route(server::routes)
                .bindNow()
                .onDispose()
                .block();
    }

    private void routes(HttpServerRoutes routes) {
        routes.get("/plaintext", (request, response) -> text(response, Message.TEXT))
                .get("/json", (request, response) -> json(response, Message.hello()))
                .get("/users/{id}", this::user)
                .post("/echo", this::echo)
                .get("/db", (request, response) -> world().flatMap(row -> then(response, row)))
                .get("/slow", (request, response) -> text(response, Work.done()));
    }

    private Publisher<Void> user(HttpServerRequest request, HttpServerResponse response) {
        return json(response, User.of(Integer.parseInt(request.param("id"))));
    }

    private Publisher<Void> echo(HttpServerRequest request, HttpServerResponse response) {
        return request.receive()
                .aggregate()
                .asByteArray()
                .map(body -> JSON.readValue(body, Order.class))
                .flatMap(order -> then(response, order));
    }

    private Mono<World> world() {
        return Mono.usingWhen(
                pool.create(),
                connection ->
                        Mono.from(
                                        connection
                                                .createStatement(Settings.SELECT_WORLD)
                                                .bind(0, World.someId())
                                                .execute())
                                .flatMap(result -> Mono.from(result.map(ReactorNettyServer::row))),
                connection -> connection.close());
    }

    private static World row(Readable row) {
        return new World(row.get(0, Integer.class), row.get(1, Integer.class));
    }

    private static Publisher<Void> text(HttpServerResponse response, String answer) {
        return response.header("Content-Type", "text/plain;charset=UTF-8")
                .sendString(Mono.just(answer));
    }

    private static Mono<Void> then(HttpServerResponse response, Object answer) {
        return Mono.from(json(response, answer));
    }

    private static Publisher<Void> json(HttpServerResponse response, Object answer) {
        ByteBuf body = Unpooled.wrappedBuffer(JSON.writeValueAsBytes(answer));
        return response.header("Content-Type", "application/json").sendObject(Mono.just(body));
    }
}
