package io.fasterapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.WaitMode;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.netty.FailureAnswer;
import io.fasterapi.netty.SideDoor;
import io.fasterapi.netty.SideDoorOptions;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.RouteRecorder;
import io.fasterapi.route.RouteTree;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** Runs in an execution of its own, with Micrometer off the class path (see pom.xml). */
class WithoutMicrometerWiringTest {

    @Test
    void micrometerIsAbsent() {
        assertThatExceptionOfType(ClassNotFoundException.class)
                .isThrownBy(() -> Class.forName("io.micrometer.core.instrument.MeterRegistry"));
    }

    @Test
    void coresStartAndServeADirectRoute() {
        HandlerCores cores =
                new HandlerCores(new CoreOptions(1, 8, WaitMode.PARK, false, "bare-core-"));
        cores.start();
        RouteTree routes =
                RouteTree.of(
                        FastRoutes.builder()
                                .get("/hello", (req, res) -> res.text("Hello"))
                                .build()
                                .routes());
        SideDoorOptions options =
                new SideDoorOptions(
                        Placement.CORE,
                        new NoJson(),
                        FailureAnswer.plain(),
                        new ConcurrencyLimiter(),
                        0);
        SideDoor door = new SideDoor(routes, cores, options, RouteRecorder.none());
        DisposableServer server =
                HttpServer.create().host("127.0.0.1").port(0).route(door::addTo).bindNow();
        try {
            String answer =
                    HttpClient.newConnection()
                            .get()
                            .uri("http://127.0.0.1:" + server.port() + "/hello")
                            .responseContent()
                            .aggregate()
                            .asString()
                            .block(Duration.ofSeconds(30));

            assertThat(answer).isEqualTo("Hello");
            assertThat(cores.cores().get(0).published()).isEqualTo(1);
        } finally {
            server.disposeNow(Duration.ofSeconds(10));
            cores.stop(Duration.ofSeconds(10));
        }
    }

    private static final class NoJson implements JsonCodec {

        @Override
        public void write(Object value, ByteBuf target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> T read(byte[] source, Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }
}
