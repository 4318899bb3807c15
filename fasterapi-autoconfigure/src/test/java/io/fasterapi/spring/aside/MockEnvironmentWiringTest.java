package io.fasterapi.spring.aside;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.core.HandlerCores;
import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.webflux.route.Lane;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The whole application without a server. */
@SpringBootTest(
        classes = AsideApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = "spring.main.web-application-type=reactive")
@AutoConfigureWebTestClient(timeout = "60s")
@DirtiesContext
class MockEnvironmentWiringTest extends AsideCases {

    @Autowired private WebTestClient client;
    @Autowired private ApplicationContext context;

    @Override
    WebTestClient client() {
        return client;
    }

    @Override
    ApplicationContext context() {
        return context;
    }

    @Test
    void noWebServerRuns() {
        assertThat(context).isNotInstanceOf(WebServerApplicationContext.class);
        assertThat(context.getBeansOfType(NettyReactiveWebServerFactory.class)).hasSize(1);
        assertThat(context.getEnvironment().getProperty("local.server.port")).isNull();
    }

    @Test
    void noLaneServes() {
        assertThat(get("/tally")).isEqualTo("core counted");
        ServerParts parts = context.getBean(ServerParts.class);
        assertThat(Lane.values()).allMatch(lane -> calls(parts, lane) == 0);
        assertThat(context.getBean(HandlerCores.class).cores()).hasSize(1);
    }

    private static long calls(ServerParts parts, Lane lane) {
        return parts.controllers().counters().calls(lane);
    }
}
