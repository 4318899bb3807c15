package io.fasterapi.samples.orders;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webflux.test.autoconfigure.WebFluxTest;
import org.springframework.test.web.reactive.server.WebTestClient;

/** A controller that was taken out of its context. */
@WebFluxTest(StockController.class)
class StockAloneWiringTest {

    @Autowired private StockController controller;

    // tag::alone[]
    @Test
    void aBatchHandlerIsAnOrdinaryMethodThatTakesAList() {
        WebTestClient.bindToController(controller)
                .build()
                .get()
                .uri("/stock/9,10/batched")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .isEqualTo("[2,3]");
    }
    // end::alone[]
}
