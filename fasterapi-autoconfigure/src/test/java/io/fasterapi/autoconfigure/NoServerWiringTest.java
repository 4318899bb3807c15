package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.core.HandlerCores;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A test without a server starts no thread and is answered all the same. */
@SpringBootTest(
        classes = NoServerWiringTest.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = "spring.main.web-application-type=reactive")
@AutoConfigureWebTestClient(timeout = "60s")
@DirtiesContext
class NoServerWiringTest {

    @Autowired private HandlerCores cores;

    @Autowired private WebTestClient client;

    @Test
    void answersOnTheCallersThreadWithoutCores() {
        client.get().uri("/here").exchange().expectStatus().isOk();
        assertThat(cores.cores()).noneMatch(core -> core.isRunning() || core.published() > 0);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/here")
        String here() {
            return "here";
        }
    }
}
