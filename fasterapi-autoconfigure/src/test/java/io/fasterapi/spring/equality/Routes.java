package io.fasterapi.spring.equality;

import static org.springframework.web.reactive.function.server.RequestPredicates.accept;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.fasterapi.spring.equality.Payloads.Greeting;
import io.fasterapi.spring.equality.Payloads.Point;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Functional routes; one of them is in front of an annotated method of the same path. */
@Configuration(proxyBeanMethods = false)
class Routes {

    @Bean
    RouterFunction<ServerResponse> functional() {
        return route().path(
                        "/fn",
                        builder ->
                                builder.GET("/hello", Routes::hello)
                                        .GET(
                                                "/json",
                                                accept(MediaType.APPLICATION_JSON),
                                                Routes::json)
                                        .GET("/items/{id}", Routes::item)
                                        .GET("/stream", Routes::stream)
                                        .GET("/fails", Routes::fails)
                                        .POST("/echo", Routes::echo)
                                        .POST("/point", Routes::point)
                                        .resources(
                                                "/files/**",
                                                new ClassPathResource("equality/static/"))
                                        .after((request, response) -> response))
                .GET("/fn-over-annotated", Routes::hello)
                .GET("/vault/fn", request -> ServerResponse.ok().bodyValue("secret function"))
                .onError(ArithmeticException.class, Routes::onArithmetic)
                .build();
    }

    private static Mono<ServerResponse> hello(ServerRequest request) {
        return ServerResponse.ok().header("X-Fn", "yes").bodyValue("hello");
    }

    private static Mono<ServerResponse> json(ServerRequest request) {
        return ServerResponse.ok().bodyValue(new Greeting("functional"));
    }

    private static Mono<ServerResponse> item(ServerRequest request) {
        String id = request.pathVariable("id");
        return ServerResponse.ok().bodyValue(id + request.queryParam("q").orElse(""));
    }

    private static Mono<ServerResponse> stream(ServerRequest request) {
        return ServerResponse.ok().body(Flux.just("a", "b", "c"), String.class);
    }

    private static Mono<ServerResponse> fails(ServerRequest request) {
        throw new ArithmeticException("in the function");
    }

    private static Mono<ServerResponse> echo(ServerRequest request) {
        return ServerResponse.status(201).body(request.bodyToMono(String.class), String.class);
    }

    private static Mono<ServerResponse> point(ServerRequest request) {
        return request.bodyToMono(Point.class).flatMap(ServerResponse.ok()::bodyValue);
    }

    private static Mono<ServerResponse> onArithmetic(Throwable e, ServerRequest request) {
        return ServerResponse.unprocessableContent().bodyValue(e.getMessage());
    }
}
