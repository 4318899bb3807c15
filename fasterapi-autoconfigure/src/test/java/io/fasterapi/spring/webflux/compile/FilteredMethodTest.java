package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.route.Lane;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.util.pattern.PathPattern;
import reactor.core.publisher.Mono;

/** The same where filters come first, and what they see of it. */
class FilteredMethodTest extends CompiledMethodTest {

    @Override
    List<Class<?>> sources() {
        return List.of(CompiledApplication.class, Filters.class);
    }

    @Override
    String lane() {
        return "filtered";
    }

    @Test
    void everyCallIsCountedWithItsLane() throws IOException {
        LaneCounters counters = application.bean(ControllerRoutes.class).counters();
        for (int i = 0; i < 5; i++) {
            application.get("/lane/7");
        }

        assertThat(counters.calls(Lane.WEBFLUX)).isZero();
        assertThat(counters.calls(Lane.FILTERED)).isEqualTo(5);
        assertThat(counters.calls(Lane.DIRECT)).isZero();
        assertThat(
                        application
                                .bean(MeterRegistry.class)
                                .get("fasterapi.controller.calls")
                                .tag("lane", "filtered")
                                .functionCounter()
                                .count())
                .isEqualTo(5);
    }

    @Test
    void filtersSeeWhatMatched() throws IOException {
        Answer first = application.get("/lane/7?mark=z");
        Answer filtered = application.get("/lane/7?mark=z");

        assertThat(filtered.text()).startsWith("filtered ").endsWith(" 7 z");
        assertThat(filtered.header("X-Matched"))
                .isEqualTo("/lane/{id} {id=7} String lane(int,String)")
                .isEqualTo(first.header("X-Matched"));
    }

    @Test
    void aChangedRequestIsTheOneThatCounts() throws IOException {
        application.get("/lane/7");

        Answer moved = application.exchange(request("GET", "/lane/7", "X-Move: /lane/9?mark=m"));

        assertThat(moved.text()).startsWith("filtered ").endsWith(" 9 m");
    }

    /** Requests are known by Spring's interfaces, as Security's firewall leaves them. */
    @Test
    void aRequestOfAnyClassIsDispatched() throws IOException {
        application.get("/lane/7");
        application.get("/lane/7");

        Answer decorated = application.exchange(request("GET", "/lane/7", "X-Decorate: yes"));

        assertThat(decorated.text()).startsWith("filtered ").endsWith(" 7 x");
    }

    /** A filter that has begun to answer is heeded. */
    @Test
    void aTypedResponseKeepsItsType() throws IOException {
        application.get("/lane/7");
        application.get("/lane/7");

        Answer typed = application.exchange(request("GET", "/lane/7", "X-Type: text/x-own"));

        assertThat(typed.header("Content-Type")).startsWith("text/x-own");
        assertThat(typed.text()).startsWith("filtered ");
    }

    @Configuration(proxyBeanMethods = false)
    static class Filters {

        @Bean
        @Order(1)
        WebFilter noting() {
            return (exchange, chain) -> {
                exchange.getResponse().beforeCommit(() -> note(exchange));
                return chain.filter(exchange);
            };
        }

        private static Mono<Void> note(ServerWebExchange exchange) {
            PathPattern pattern =
                    exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
            Map<String, String> variables =
                    exchange.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
            Object handler = exchange.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
            if (pattern != null && handler != null) {
                String method =
                        handler.toString().replaceFirst(".*#", "String ").replace(", ", ",");
                exchange.getResponse()
                        .getHeaders()
                        .set("X-Matched", pattern + " " + variables + " " + method);
            }
            return Mono.empty();
        }

        @Bean
        @Order(2)
        WebFilter changing() {
            return (exchange, chain) -> {
                ServerHttpRequest request = exchange.getRequest();
                String type = request.getHeaders().getFirst("X-Type");
                if (type != null) {
                    exchange.getResponse().getHeaders().set("Content-Type", type);
                }
                String target = request.getHeaders().getFirst("X-Move");
                if (target != null) {
                    java.net.URI uri = request.getURI().resolve(target);
                    return chain.filter(
                            exchange.mutate().request(changed -> changed.uri(uri)).build());
                }
                return request.getHeaders().containsHeader("X-Decorate")
                        ? chain.filter(
                                exchange.mutate()
                                        .request(new ServerHttpRequestDecorator(request))
                                        .build())
                        : chain.filter(exchange);
            };
        }
    }
}
