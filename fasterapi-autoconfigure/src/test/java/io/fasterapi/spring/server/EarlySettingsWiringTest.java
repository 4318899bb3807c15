package io.fasterapi.spring.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.ForeignCustomizer;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.webflux.route.EarlyCost;
import io.fasterapi.spring.webflux.route.FasterApiEndpoint;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyRouteProvider;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The log and the report name each setting that costs early answers, and no other. */
@ExtendWith(OutputCaptureExtension.class)
class EarlySettingsWiringTest {

    private static final String EXPOSED = "management.endpoints.web.exposure.include=fasterapi";

    @ParameterizedTest
    @CsvSource({
        "fasterapi.limits.connections=1000, fasterapi.limits, all requests",
        "server.http2.enabled=true, server.http2.enabled, all requests",
        "spring.webflux.base-path=/base, spring.webflux.base-path, the filtered lane",
        "server.netty.idle-timeout=60s, server.netty.idle-timeout, on a core",
        "server.netty.max-keep-alive-requests=9, server.netty.max-keep-alive-requests, last request",
        "server.compression.enabled=true, server.compression.enabled, compressed",
        "server.forward-headers-strategy=native, server.forward-headers-strategy, forwarded headers",
    })
    void eachIsNamed(String property, String setting, String requests, CapturedOutput output) {
        try (RunningApplication application =
                RunningApplication.start(Application.class, EXPOSED, property)) {
            List<EarlyCost> costs = application.bean(FasterApiEndpoint.class).report().notEarly();
            assertThat(costs).hasSize(1);
            EarlyCost cost = costs.get(0);
            assertThat(cost.setting()).startsWith(setting);
            assertThat(cost.requests()).contains(requests);
            assertThat(output)
                    .contains(
                            "not answered early because of "
                                    + cost.setting()
                                    + ": "
                                    + cost.requests()
                                    + "; to have them early: "
                                    + cost.instead());
        }
    }

    @Test
    void soAreBeansOfTheApplication() {
        try (RunningApplication application =
                RunningApplication.start(
                        List.of(Application.class, ForeignCustomizer.class, Own.class), EXPOSED)) {
            assertThat(application.bean(FasterApiEndpoint.class).report().notEarly())
                    .extracting(EarlyCost::setting)
                    .containsExactly(
                            "NettyServerCustomizer of " + ForeignCustomizer.class.getName(),
                            "NettyRouteProvider");
        }
    }

    @Test
    void elseNone(CapturedOutput output) {
        try (RunningApplication application =
                RunningApplication.start(Application.class, EXPOSED)) {
            assertThat(application.bean(FasterApiEndpoint.class).report().notEarly()).isEmpty();
            assertThat(output).doesNotContain("not answered early");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    static class Own {

        @Bean
        NettyRouteProvider provider() {
            return routes -> routes.get("/mine", (request, response) -> response.send());
        }
    }
}
