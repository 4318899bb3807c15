package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.ConnectionProvider;

class StreamGateTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();

    private Mono<Void> handle(HttpServerResponse response) {
        Channel stream = ((ChannelOperations<?, ?>) response).channel();
        connections.add(stream.parent());
        InboundGate gate = InboundGate.of(stream);
        assertThat(gate).isInstanceOf(StreamGate.class).isSameAs(InboundGate.of(stream));
        gate.hopBegins();
        assertThat(StreamErrors.of(stream.parent()).count()).isPositive();
        gate.hopsEnded(1);
        return response.sendString(Mono.just("answer")).then();
    }

    @Test
    void aConnectionKeepsNothingOfStreamsThatAreOver() {
        DisposableServer server =
                HttpServer.create()
                        .host("127.0.0.1")
                        .port(0)
                        .protocol(HttpProtocol.H2C)
                        .handle((request, response) -> handle(response))
                        .bindNow();
        ConnectionProvider provider = ConnectionProvider.create("one", 1);
        try {
            HttpClient client =
                    HttpClient.create(provider)
                            .protocol(HttpProtocol.H2C)
                            .baseUrl("http://127.0.0.1:" + server.port());
            Flux.range(0, 200)
                    .flatMap(i -> client.get().responseContent().aggregate().asString(), 20)
                    .doOnNext(answer -> assertThat(answer).isEqualTo("answer"))
                    .blockLast(LIMIT);
            assertThat(connections).isNotEmpty();
            for (Channel connection : connections) {
                await().until(() -> countOf(connection) == 0);
            }
        } finally {
            provider.disposeLater().block(LIMIT);
            server.disposeNow(LIMIT);
        }
    }

    private static int countOf(Channel connection) throws Exception {
        return connection.eventLoop().submit(() -> StreamErrors.of(connection).count()).get();
    }
}
