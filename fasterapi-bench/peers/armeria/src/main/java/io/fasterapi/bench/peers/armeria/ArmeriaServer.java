package io.fasterapi.bench.peers.armeria;

import com.linecorp.armeria.server.Server;
import io.fasterapi.bench.peers.jdbc.JdbcWorlds;
import io.fasterapi.bench.peers.shared.Settings;
import java.net.InetSocketAddress;

/** Armeria with an annotated service. Event loops run what does not block. */
public final class ArmeriaServer {

    private ArmeriaServer() {}

    public static void main(String[] arguments) {
        Settings settings = Settings.of(arguments);
        Server.builder()
                .http(new InetSocketAddress("127.0.0.1", settings.port()))
                .annotatedService(new BenchService(new JdbcWorlds(settings)))
                .build()
                .start()
                .join();
    }
}
