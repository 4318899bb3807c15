package io.fasterapi.spring.equality;

import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RequestPredicates.accept;
import static org.springframework.web.reactive.function.server.RequestPredicates.contentType;
import static org.springframework.web.reactive.function.server.RequestPredicates.headers;
import static org.springframework.web.reactive.function.server.RequestPredicates.queryParam;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.fasterapi.spring.equality.Payloads.Greeting;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.reactive.function.BodyInserters;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Functional routes with conditions, filters and nesting; some before annotated methods. */
@Configuration(proxyBeanMethods = false)
class OverlapRoutes {

    @Bean
    @Order(1)
    RouterFunction<ServerResponse> beforeAnnotated() {
        return route().GET("/over/routed", r -> text("functional"))
                .GET(
                        "/over/routed-if",
                        headers(h -> !h.header("X-Route").isEmpty()),
                        r -> text("functional, by header"))
                .GET("/over/routed-rest/**", r -> text("functional, rest"))
                .build();
    }

    @Bean
    @Order(2)
    RouterFunction<ServerResponse> conditional() {
        return route().path(
                        "/fn2",
                        fn2 ->
                                fn2.GET("/{id:\\d+}", r -> text("number " + r.pathVariable("id")))
                                        .GET("/{name}", r -> text("name " + r.pathVariable("name")))
                                        .POST(
                                                "/typed",
                                                contentType(MediaType.APPLICATION_JSON),
                                                r -> text("typed"))
                                        .nest(
                                                accept(MediaType.TEXT_HTML),
                                                html -> html.GET("/page/x", r -> page()))
                                        .GET("/sse/x", OverlapRoutes::events)
                                        .GET("/entity/x", OverlapRoutes::entity)
                                        .GET("/filtered/x", r -> text("behind a filter"))
                                        .filter(OverlapRoutes::refuseIfAsked)
                                        .before(OverlapRoutes::marked))
                .build()
                .andRoute(
                        GET("/fn2-query").and(queryParam("a", "1"::equals)), r -> text("a is one"));
    }

    private static Mono<ServerResponse> text(String text) {
        return ServerResponse.ok().contentType(MediaType.TEXT_PLAIN).bodyValue(text);
    }

    private static Mono<ServerResponse> page() {
        return ServerResponse.ok().contentType(MediaType.TEXT_HTML).bodyValue("<p>page</p>");
    }

    private static Mono<ServerResponse> events(ServerRequest request) {
        Flux<ServerSentEvent<String>> events =
                Flux.just("a", "b").map(t -> ServerSentEvent.builder(t).event("letter").build());
        return ServerResponse.ok().body(BodyInserters.fromServerSentEvents(events));
    }

    private static Mono<ServerResponse> entity(ServerRequest request) {
        return ServerResponse.status(HttpStatus.ACCEPTED)
                .eTag("\"e1\"")
                .bodyValue(List.of(new Greeting("one"), new Greeting("two")));
    }

    private static Mono<ServerResponse> refuseIfAsked(
            ServerRequest request, HandlerFunction<ServerResponse> next) {
        return request.headers().header("X-Refuse").isEmpty()
                ? next.handle(request)
                : ServerResponse.status(HttpStatus.FORBIDDEN).build();
    }

    private static ServerRequest marked(ServerRequest request) {
        return ServerRequest.from(request).header("X-Marked", "yes").build();
    }
}
