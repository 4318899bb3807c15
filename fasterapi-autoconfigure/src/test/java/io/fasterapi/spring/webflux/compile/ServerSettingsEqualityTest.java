package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.netty.handler.codec.http.cookie.ServerCookieEncoder;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.netty.http.server.HttpServerResponse;

/** What an application sets on the server itself is part of its answers. */
class ServerSettingsEqualityTest extends ComparedSettings {

    @Override
    List<Class<?>> sources() {
        return List.of(Application.class);
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderOfTheServerIsReplacedByTheEntitys(Setting setting) throws IOException {
        String asked = request("GET", "/framed");
        assertThat(assertLikeStock(setting, "GET /framed", asked).headers().get("x-frame-options"))
                .containsExactly("SAMEORIGIN");
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderOfTheServerStaysWhereNothingReplacesIt(Setting setting) throws IOException {
        String asked = request("GET", "/cookie");
        assertThat(assertLikeStock(setting, "GET /cookie", asked).header("X-Frame-Options"))
                .isEqualTo("DENY");
    }

    @ParameterizedTest
    @EnumSource
    void cookiesAreReadAsTheServerIsToldTo(Setting setting) throws IOException {
        String asked = request("GET", "/cookie", "Cookie: c=a\"b");
        assertThat(assertLikeStock(setting, "GET /cookie", asked).text()).isEqualTo("a\"b");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Bean
        NettyServerCustomizer frames() {
            return server ->
                    server.mapHandle(
                            (handled, connection) -> {
                                if (connection instanceof HttpServerResponse response) {
                                    response.header("X-Frame-Options", "DENY");
                                }
                                return handled;
                            });
        }

        @Bean
        NettyServerCustomizer lax() {
            return server -> server.cookieCodec(ServerCookieEncoder.LAX, ServerCookieDecoder.LAX);
        }

        @GetMapping("/framed")
        ResponseEntity<String> framed() {
            return ResponseEntity.ok().header("X-Frame-Options", "SAMEORIGIN").body("framed");
        }

        @GetMapping("/cookie")
        String cookie(@CookieValue(name = "c", defaultValue = "none") String value) {
            return value;
        }
    }
}
