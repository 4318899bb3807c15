package io.fasterapi.samples.secured;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The application without a server: filters and controllers answer as they do with one. */
// tag::no-server[]
@SpringBootTest
@AutoConfigureWebTestClient
class NoServerWiringTest {

    @Autowired private WebTestClient client;

    @Test
    void aUserSeesTheirAccount() {
        client.get()
                .uri("/accounts/mine")
                .headers(headers -> headers.setBasicAuth("user", "secret"))
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.owner")
                .isEqualTo("user");
    }

    @Test
    void aStrangerSeesNothing() {
        client.get().uri("/accounts/mine").exchange().expectStatus().isUnauthorized();
    }
}
// end::no-server[]
