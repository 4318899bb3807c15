package io.fasterapi.bench.peers.micronaut;

import io.fasterapi.bench.peers.jdbc.JdbcWorlds;
import io.fasterapi.bench.peers.shared.Message;
import io.fasterapi.bench.peers.shared.Order;
import io.fasterapi.bench.peers.shared.Settings;
import io.fasterapi.bench.peers.shared.User;
import io.fasterapi.bench.peers.shared.World;
import io.micronaut.runtime.Micronaut;
import io.micronaut.serde.annotation.SerdeImport;
import java.util.Map;

/** Micronaut as it comes. Event loops run what does not block. */
@SerdeImport(Message.class)
@SerdeImport(User.class)
@SerdeImport(Order.class)
@SerdeImport(World.class)
public final class MicronautServer {

    private MicronautServer() {}

    public static void main(String[] arguments) {
        Settings settings = Settings.of(arguments);
        Micronaut.build(new String[0])
                .banner(false)
                .properties(
                        Map.of(
                                "micronaut.server.port",
                                settings.port(),
                                "micronaut.server.host",
                                "127.0.0.1"))
                .singletons(new JdbcWorlds(settings))
                .start();
    }
}
