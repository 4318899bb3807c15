package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;

/** Content-Types that an application chooses for one answer say nothing about the next. */
class ChosenTypesEqualityTest extends ComparedSettings {

    @Override
    List<Class<?>> sources() {
        return List.of(Application.class);
    }

    @ParameterizedTest
    @EnumSource
    void anEntitysOwnTypeIsItsOwn(Setting setting) throws IOException {
        for (String path : List.of("/entity", "/entity-later")) {
            for (String accept : List.of("Accept: image/png", "Accept: text/*")) {
                assertLikeStock(setting, "GET " + path, request("GET", path + "?own=true", accept));
                assertLikeStock(setting, "GET " + path, request("GET", path, accept));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTypeThatIsSetWhileAMonoRuns(Setting setting) throws IOException {
        for (boolean ownFirst : new boolean[] {true, false}) {
            String accept = ownFirst ? "Accept: text/plain" : "Accept: */*";
            for (boolean own : new boolean[] {ownFirst, !ownFirst}) {
                String target = "/later?own=" + own;
                String type =
                        assertLikeStock(setting, "GET /later", request("GET", target, accept))
                                .header("Content-Type");
                assertThat(type.startsWith("text/markdown")).isEqualTo(own);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsLeftOfATypeWhenAMonoFails(Setting setting) throws IOException {
        assertLikeStock(setting, "GET /fails", request("GET", "/fails"));
        assertLikeStock(setting, "GET /fails", request("GET", "/fails?now=true"));
    }

    record Point(int x) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Bean
        @Order(-2)
        WebExceptionHandler failures() {
            return (exchange, failure) -> {
                if (failure instanceof UnsupportedOperationException) {
                    exchange.getResponse().setStatusCode(HttpStatus.CONFLICT);
                    return exchange.getResponse().setComplete();
                }
                return Mono.error(failure);
            };
        }

        @GetMapping("/entity")
        ResponseEntity<Point> entity(@RequestParam(defaultValue = "false") boolean own) {
            ResponseEntity.BodyBuilder builder = ResponseEntity.ok();
            return (own ? builder.contentType(MediaType.APPLICATION_JSON) : builder)
                    .body(new Point(1));
        }

        @GetMapping("/entity-later")
        Mono<ResponseEntity<Point>> entityLater(@RequestParam(defaultValue = "false") boolean own) {
            return Mono.fromSupplier(() -> entity(own));
        }

        @GetMapping("/later")
        Mono<String> later(@RequestParam boolean own, ServerWebExchange exchange) {
            return Mono.fromSupplier(
                    () -> {
                        if (own) {
                            exchange.getResponse()
                                    .getHeaders()
                                    .setContentType(MediaType.TEXT_MARKDOWN);
                        }
                        return "text";
                    });
        }

        @GetMapping("/fails")
        Mono<Point> fails(@RequestParam(defaultValue = "false") boolean now) {
            return Mono.fromSupplier(
                    () -> {
                        if (now) {
                            throw new UnsupportedOperationException();
                        }
                        return new Point(1);
                    });
        }
    }
}
