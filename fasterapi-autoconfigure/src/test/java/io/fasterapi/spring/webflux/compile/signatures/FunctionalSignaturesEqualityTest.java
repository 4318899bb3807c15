package io.fasterapi.spring.webflux.compile.signatures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.web.reactive.function.server.RequestPredicates.GET;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.nest;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.fasterapi.spring.webflux.compile.signatures.Payloads.Device;
import io.fasterapi.spring.webflux.route.RouteReport;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.AbstractHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Controllers beside functional routes with predicates of their own, in front of them, and a
 * gateway's handler mapping behind: these take no lane from anybody.
 */
class FunctionalSignaturesEqualityTest extends SignatureComparison {

    @Override
    List<Class<?>> sources() {
        return List.of(Application.class);
    }

    @Override
    List<String> properties() {
        return List.of("fasterapi.placement.default=inline");
    }

    @Override
    List<Row> rows() {
        Rows rows = new Rows();
        rows.get("/plain");
        rows.get("/plain/{id}", "/plain/7");
        rows.get("/plain/all");
        rows.get("/shared/{id}", "/shared/7");
        rows.json("/plain", "{\"id\":\"d\",\"product\":\"p\"}");
        return rows.list();
    }

    @Override
    List<Row> others() {
        Rows rows = new Rows();
        rows.get("the function with a predicate of its own", "/shared/7", "X-Function: yes");
        rows.get("the same for another path", "/plain", "X-Function: yes");
        rows.get("a function", "/fn/hello");
        rows.get("a function with a variable", "/fn/devices/7?product=p");
        rows.get("a stream", "/fn/devices", "Accept: application/x-ndjson");
        rows.json("POST", "a body", "/fn/devices", "{\"id\":\"d\"}");
        rows.get("nested", "/nested/inner");
        rows.get("refused by its predicate", "/fn/devices", "Accept: image/png");
        rows.get("of the gateway", "/gateway/a/b?c=d");
        rows.get("of nobody", "/nobody");
        return rows.list();
    }

    @Override
    List<String> refusedByStock() {
        return List.of();
    }

    @Override
    int leastMappings() {
        return 5;
    }

    @Test
    void controllersKeepTheirLane() {
        Map<String, RouteReport> report = report();
        assertThat(report.values()).noneMatch(route -> route.lane().equals("webflux"));
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Controller.class)
    static class Application {

        @Bean
        RouterFunction<ServerResponse> ownPredicate() {
            RequestPredicate asked = request -> !request.headers().header("X-Function").isEmpty();
            return route(asked, request -> ServerResponse.ok().bodyValue("own predicate"));
        }

        @Bean
        RouterFunction<ServerResponse> functions() {
            return RouterFunctions.route()
                    .GET("/fn/hello", request -> ServerResponse.ok().bodyValue("hello"))
                    .GET("/fn/devices/{id}", Application::device)
                    .GET("/fn/devices", Application::devices)
                    .POST("/fn/devices", Application::add)
                    .build();
        }

        @Bean
        RouterFunction<ServerResponse> nested() {
            return nest(
                    path("/nested"),
                    route(GET("/inner"), request -> ServerResponse.accepted().bodyValue("inner")));
        }

        private static Mono<ServerResponse> device(ServerRequest request) {
            String product = request.queryParam("product").orElse("none");
            return ServerResponse.ok().bodyValue(new Device(request.pathVariable("id"), product));
        }

        private static Mono<ServerResponse> devices(ServerRequest request) {
            return ServerResponse.ok()
                    .contentType(MediaType.APPLICATION_NDJSON)
                    .body(Flux.just(new Device("a", null), new Device("b", null)), Device.class);
        }

        private static Mono<ServerResponse> add(ServerRequest request) {
            return request.bodyToMono(Device.class)
                    .flatMap(ServerResponse.status(HttpStatus.CREATED)::bodyValue);
        }

        @Bean
        Gateway gateway() {
            return new Gateway();
        }
    }

    /** Answers for a service elsewhere, whatever the path behind the first part. */
    static final class Gateway extends AbstractHandlerMapping {

        Gateway() {
            setOrder(1); // as Spring Cloud Gateway's: behind controllers, before static files
        }

        @Override
        protected Mono<?> getHandlerInternal(ServerWebExchange exchange) {
            String path = exchange.getRequest().getPath().value();
            return path.startsWith("/gateway/")
                    ? Mono.just((WebHandler) Gateway::forward)
                    : Mono.empty();
        }

        private static Mono<Void> forward(ServerWebExchange exchange) {
            ServerHttpResponse response = exchange.getResponse();
            response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
            byte[] text = ("forwarded " + exchange.getRequest().getURI().getPath()).getBytes();
            return response.writeWith(Mono.just(response.bufferFactory().wrap(text)));
        }
    }

    @RestController
    static class Controller {

        @GetMapping("/plain")
        String plain() {
            return "plain";
        }

        @GetMapping("/plain/{id}")
        Device one(@PathVariable String id) {
            return new Device(id, null);
        }

        @GetMapping("/plain/all")
        Flux<Device> all() {
            return Flux.just(new Device("a", null));
        }

        @PostMapping("/plain")
        Mono<Device> add(@RequestBody Mono<Device> device) {
            return device;
        }

        @GetMapping("/shared/{id}")
        Mono<Device> shared(@PathVariable String id, ServerWebExchange exchange) {
            return Mono.just(new Device(id, exchange.getRequest().getMethod().name()));
        }
    }
}
