package io.fasterapi.bench.peers.helidon;

import io.fasterapi.bench.peers.jdbc.JdbcWorlds;
import io.fasterapi.bench.peers.shared.Message;
import io.fasterapi.bench.peers.shared.Order;
import io.fasterapi.bench.peers.shared.Settings;
import io.fasterapi.bench.peers.shared.User;
import io.fasterapi.bench.peers.shared.Work;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** Helidon SE with Jackson and JDBC. The virtual thread of a connection runs its handlers. */
public final class HelidonServer {

    private final JdbcWorlds worlds;

    private HelidonServer(JdbcWorlds worlds) {
        this.worlds = worlds;
    }

    public static void main(String[] arguments) {
        Settings settings = Settings.of(arguments);
        HelidonServer server = new HelidonServer(new JdbcWorlds(settings));
        WebServer.builder()
                .host("127.0.0.1")
                .port(settings.port())
                .routing(server::routes)
                .build()
                .start();
    }

    private void routes(HttpRouting.Builder routing) {
        routing.get("/plaintext", (request, response) -> text(response, Message.TEXT))
                .get("/json", (request, response) -> response.send(Message.hello()))
                .get("/users/{id}", HelidonServer::user)
                .post("/echo", HelidonServer::echo)
                .get("/db", (request, response) -> response.send(worlds.some()))
                .get("/slow", (request, response) -> text(response, Work.done()));
    }

    private static void user(ServerRequest request, ServerResponse response) {
        response.send(User.of(Integer.parseInt(request.path().pathParameters().get("id"))));
    }

    private static void echo(ServerRequest request, ServerResponse response) {
        response.send(request.content().as(Order.class));
    }

    private static void text(ServerResponse response, String answer) {
        response.header(HeaderNames.CONTENT_TYPE, "text/plain;charset=UTF-8").send(answer);
    }
}
