package io.fasterapi.bench.peers.webflux;

import io.fasterapi.bench.peers.shared.Message;
import io.fasterapi.bench.peers.shared.Order;
import io.fasterapi.bench.peers.shared.User;
import io.fasterapi.bench.peers.shared.Work;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.FastResponse;
import io.fasterapi.route.FastRoutes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** The measured endpoints as fast routes. */
@Configuration(proxyBeanMethods = false)
@Profile("routes")
class RoutesConfiguration {

    @Bean
    FastRoutes routes(Worlds worlds) {
        return FastRoutes.builder()
                .get("/plaintext", (request, response) -> response.text(Message.TEXT))
                .get("/json", (request, response) -> response.json(Message.hello()))
                .get("/users/{id}", RoutesConfiguration::user)
                .post("/echo", (request, response) -> response.json(request.json(Order.class)))
                .get("/db", (request, response) -> world(worlds, response.async()))
                .get("/slow", (request, response) -> response.text(Work.done()))
                .build();
    }

    private static void user(FastRequest request, FastResponse response) {
        response.json(User.of(Integer.parseInt(request.pathVariable("id"))));
    }

    private static void world(Worlds worlds, FastResponse response) {
        worlds.some().subscribe(response::json, response::fail);
    }
}
