package io.fasterapi.spring.webflux.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.placement.ShardBy;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Sharded requests that WebFlux handles before Reactor Netty has seen them. */
class EarlyShardTest {

    private static final int KEYS = 24;

    @Test
    void eachRunsOnTheCoreOfItsKey() throws IOException {
        try (RunningApplication application =
                RunningApplication.start(
                        Sharded.class,
                        "fasterapi.cores.count=4",
                        "fasterapi.fast-lane.controllers=off")) {
            application.get("/on/any"); // the host is known from now on
            HandlerCores cores = application.bean(HandlerCores.class);
            for (int i = 0; i < KEYS; i++) {
                assertThat(application.get("/on/key" + i).text())
                        .isEqualTo(cores.coreOf("key" + i).name());
            }
            assertThat(application.bean(FrontDoor.class).servedCount()).isEqualTo(KEYS);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Sharded {

        @GetMapping("/on/{key}")
        @ShardBy(path = "key")
        String on(@PathVariable String key) {
            return String.valueOf(HandlerCore.current().name());
        }
    }
}
