package io.fasterapi.spring.aside;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.core.HandlerCores;
import io.fasterapi.spring.server.ServerParts;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The slice of WebFlux. */
@WebFluxTest
@ContextConfiguration(classes = AsideApplication.class)
@AutoConfigureWebTestClient(timeout = "60s")
@DirtiesContext
class SliceWiringTest extends AsideCases {

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
    void thereIsALibraryAndNoServer() {
        assertThat(context).isNotInstanceOf(WebServerApplicationContext.class);
        assertThat(context.getBeansOfType(NettyReactiveWebServerFactory.class)).isEmpty();
        assertThat(context.getBeansOfType(ServerParts.class)).isEmpty();
        assertThat(context.getBean(HandlerCores.class).cores()).hasSize(1);
    }
}
