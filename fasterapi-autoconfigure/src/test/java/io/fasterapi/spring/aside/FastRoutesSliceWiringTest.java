package io.fasterapi.spring.aside;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.server.ServerParts;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Fast routes in the slice of WebFlux. */
@WebFluxTest
@ContextConfiguration(classes = AsideRoutes.class)
@DirtiesContext
class FastRoutesSliceWiringTest {

    @Test
    void answer(@Autowired WebTestClient client, @Autowired ApplicationContext context) {
        assertThat(context.getBeansOfType(ServerParts.class)).isEmpty();
        FastRoutesAsideWiringTest.assertAnswers(client);
    }
}
