package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Who has a say in the server sees every request, the refused ones included. */
class EarlyRefusalConditionsWiringTest {

    @ParameterizedTest
    @ValueSource(classes = {Customized.class, Routed.class})
    void serversOfWhichMoreIsAskedRefuseInTheUsualWay(Class<?> application) throws Exception {
        assertThat(earlyOfFive(application)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.http2.enabled=true",
                "fasterapi.limits.connections=1000",
            })
    void soDoThoseOfWhichThePropertiesAskMore(String property) throws Exception {
        assertThat(earlyOfFive(AdmissionTest.Application.class, property)).isZero();
    }

    @Test
    void anyOtherRefusesEarly() throws Exception {
        assertThat(earlyOfFive(AdmissionTest.Application.class)).isEqualTo(4);
        for (String property :
                List.of(
                        "server.netty.idle-timeout=60s",
                        "server.netty.max-keep-alive-requests=1000",
                        "server.compression.enabled=true",
                        "server.forward-headers-strategy=native")) {
            assertThat(earlyOfFive(AdmissionTest.Application.class, property)).isEqualTo(4);
        }
    }

    @Test
    void butNoneThatReactorNettyMayCompress() throws Exception {
        String[] properties = {
            "server.compression.enabled=true", "server.compression.min-response-size=10B"
        };
        assertThat(earlyOfFive(AdmissionTest.Application.class, properties)).isZero();
    }

    /** Reactor Netty ends the connection with it. */
    @Test
    void butTheLastOfAConnection() throws Exception {
        String property = "server.netty.max-keep-alive-requests=5";
        assertThat(earlyOfFive(AdmissionTest.Application.class, property)).isEqualTo(3);
    }

    private static long earlyOfFive(Class<?> application, String... properties) throws Exception {
        String[] all = new String[properties.length + 1];
        System.arraycopy(properties, 0, all, 1, properties.length);
        all[0] = "fasterapi.admission.max-in-flight-per-route=1";
        try (RunningApplication running = RunningApplication.start(application, all);
                RawConnection waiting = running.connect();
                RawConnection refused = running.connect()) {
            waiting.send(request("GET", "/later"));
            await().atMost(20, SECONDS)
                    .until(() -> running.bean(ConcurrencyLimiter.class).count() == 1);
            for (int i = 0; i < 5; i++) {
                String request = request("GET", "/later", "Accept-Encoding: gzip");
                assertThat(refused.exchange(request).status()).isEqualTo(503);
            }
            running.bean(AdmissionTest.Endpoints.class).end.tryEmitValue("done");
            assertThat(waiting.read().text()).isEqualTo("done");
            return running.bean(FrontDoor.class).refusedCount();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(AdmissionTest.Application.class)
    static class Customized {

        @Bean
        NettyServerCustomizer customizer() {
            return server -> server;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(AdmissionTest.Application.class)
    static class Routed {

        @Bean
        NettyRouteProvider provider() {
            return routes -> routes.get("/mine", (request, response) -> response.send());
        }
    }
}
