package com.example.hello;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
class HelloApplicationTest {

    @Autowired WebTestClient client;

    @Test
    void greets() {
        client.get()
                .uri("/hello/Ada")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"message\":\"Hello, Ada!\"}");
    }

    @Test
    void takesAnOrder() {
        client.post()
                .uri("/orders")
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue("{\"article\":\"tea\",\"quantity\":3}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .json("{\"article\":\"tea\",\"total\":15}");
    }
}
