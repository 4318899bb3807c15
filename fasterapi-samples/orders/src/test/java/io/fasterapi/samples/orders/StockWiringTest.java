package io.fasterapi.samples.orders;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The slice of WebFlux: no server and no database. */
// tag::slice[]
@WebFluxTest(StockController.class)
class StockWiringTest {

    @Autowired private WebTestClient client;

    @Test
    void aBatchHandlerTakesOneItemOfEachRequest() {
        client.get()
                .uri("/stock/9/batched")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("2");
    }
}
// end::slice[]
