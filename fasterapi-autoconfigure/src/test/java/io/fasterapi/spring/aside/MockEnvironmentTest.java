package io.fasterapi.spring.aside;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
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
class MockEnvironmentTest extends AsideCases {

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
}
