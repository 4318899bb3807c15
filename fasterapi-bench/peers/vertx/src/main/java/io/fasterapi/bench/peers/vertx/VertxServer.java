package io.fasterapi.bench.peers.vertx;

import io.fasterapi.bench.peers.shared.Message;
import io.fasterapi.bench.peers.shared.Order;
import io.fasterapi.bench.peers.shared.Settings;
import io.fasterapi.bench.peers.shared.User;
import io.fasterapi.bench.peers.shared.Work;
import io.fasterapi.bench.peers.shared.World;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.Json;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;

/**
 * A router, and a connection pool of its own, as one verticle. The verticle's event loop owns it;
 * there is one verticle per CPU.
 */
public final class VertxServer extends VerticleBase {

    private final Settings settings;
    private Pool pool;

    private VertxServer(Settings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) {
        Settings settings = Settings.of(arguments);
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true))
                .deployVerticle(
                        () -> new VertxServer(settings),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()));
    }

    @Override
    public Future<HttpServer> start() {
        pool =
                PgBuilder.pool()
                        .connectingTo(
                                new PgConnectOptions()
                                        .setHost(settings.databaseHost())
                                        .setPort(settings.databasePort())
                                        .setDatabase(Settings.DATABASE)
                                        .setUser(Settings.DATABASE_USER)
                                        .setCachePreparedStatements(true))
                        .with(new PoolOptions().setMaxSize(Settings.CONNECTIONS))
                        .using(vertx)
                        .build();
        Router router = Router.router(vertx);
        router.get("/plaintext").handler(context -> text(context, Message.TEXT));
        router.get("/json").handler(context -> json(context, Message.hello()));
        router.get("/users/:id").handler(VertxServer::user);
        router.post("/echo").handler(BodyHandler.create(false)).handler(VertxServer::echo);
        router.get("/db").handler(this::world);
        router.get("/slow").handler(context -> text(context, Work.done()));
        return vertx.createHttpServer().requestHandler(router).listen(settings.port(), "127.0.0.1");
    }

    private static void user(RoutingContext context) {
        json(context, User.of(Integer.parseInt(context.pathParam("id"))));
    }

    private static void echo(RoutingContext context) {
        json(context, Json.decodeValue(context.body().buffer(), Order.class));
    }

    private void world(RoutingContext context) {
        pool.preparedQuery(Settings.SELECT_WORLD)
                .execute(Tuple.of(World.someId()))
                .onSuccess(
                        rows -> {
                            Row row = rows.iterator().next();
                            json(context, new World(row.getInteger(0), row.getInteger(1)));
                        })
                .onFailure(context::fail);
    }

    private static void text(RoutingContext context, String answer) {
        context.response().putHeader("Content-Type", "text/plain;charset=UTF-8").end(answer);
    }

    private static void json(RoutingContext context, Object answer) {
        context.response()
                .putHeader("Content-Type", "application/json")
                .end(Json.encodeToBuffer(answer));
    }
}
