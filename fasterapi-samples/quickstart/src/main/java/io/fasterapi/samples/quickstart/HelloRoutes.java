package io.fasterapi.samples.quickstart;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** A functional route, as WebFlux has them. */
@Configuration(proxyBeanMethods = false)
class HelloRoutes {

    @Bean
    RouterFunction<ServerResponse> helloRoute() {
        return route().GET(
                        "/hello/{name}",
                        request ->
                                ServerResponse.ok()
                                        .bodyValue(
                                                new Message(
                                                        "Hello, "
                                                                + request.pathVariable("name")
                                                                + "!")))
                .build();
    }
}
