package io.fasterapi.spring.webflux.route;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/** Whatever stands before the application's handlers stands before its direct routes too. */
@ExtendWith(OutputCaptureExtension.class)
class FilteredLaneTest {

    static final String HEADER = "X-Seen-By";

    @ParameterizedTest
    @ValueSource(classes = {Filtering.class, Decorating.class, OwnHandler.class, Customizing.class})
    void everyRequestPassesWhatIsThere(Class<?> obstacle, CapturedOutput output)
            throws IOException {
        try (RunningApplication application =
                RunningApplication.start(List.of(RouteApplication.class, obstacle))) {
            assertThat(output).containsOnlyOnce("FasterAPI: fast routes: ");
            for (String target : List.of("/lane", "/inline", "/late", "/webflux", "/teapot")) {
                Answer answer = application.get(target);
                assertThat(answer.header(HEADER)).as(target).isEqualTo("obstacle");
                assertThat(answer.text()).doesNotStartWith("direct ");
            }
            assertThat(application.exchange(json("/items", "{\"amount\":4}")).text())
                    .contains("\"amount\":4");
            application.awaitIdle();
        }
    }

    @Test
    void forwardedHeadersAreSeenFirst(CapturedOutput output) throws IOException {
        try (RunningApplication application =
                RunningApplication.start(
                        RouteApplication.class, "server.forward-headers-strategy=framework")) {
            assertThat(output).contains(" filtered (ForwardedHeaderTransformer");
            assertThat(application.get("/lane").text()).startsWith("webflux fasterapi-core-");
            Answer answer =
                    application.exchange(request("GET", "/teapot", "X-Forwarded-Prefix: /proxied"));
            assertThat(answer.status()).isEqualTo(418);
            assertThat(answer.text()).contains("\"path\":\"/proxied/teapot\"");
        }
    }

    @Test
    void whatFailsAfterItsResponseIsLogged(CapturedOutput output) throws IOException {
        try (RunningApplication application =
                RunningApplication.start(List.of(RouteApplication.class, Filtering.class))) {
            assertThat(application.get("/ended").text()).isEqualTo("ended");
            assertThat(output)
                    .contains("GET /ended: its handler failed after it had ended the response")
                    .contains("IllegalStateException: broken on purpose");
        }
    }

    @Test
    void aRefusingFilterIsHonouredHoweverThePathIsSpelt() throws IOException {
        List<String> targets =
                List.of(
                        "/guarded/x",
                        "/guarded/x?a=b",
                        "/guarded/x/",
                        "//guarded/x",
                        "/guarded//x",
                        "/./guarded/x",
                        "/a/../guarded/x",
                        "/%67uarded/x",
                        "/guarded/%78",
                        "/guarded;v=1/x",
                        "/guarded/x;v=1",
                        "/GUARDED/x",
                        "http://test/guarded/x",
                        "/guarded/x?%zz",
                        "/guarded%2Fx");
        try (RunningApplication application =
                RunningApplication.start(List.of(RouteApplication.class, Refusing.class))) {
            for (String target : targets) {
                Answer answer = application.get(target);
                assertThat(answer.status()).as(target).isIn(400, 403);
                assertThat(answer.text()).as(target).doesNotContain("secret");
                assertThat(application.exchange(request("HEAD", target)).status())
                        .as(target)
                        .isIn(400, 403);
            }
            assertThat(application.get("/guarded/x").status()).isEqualTo(403);
            assertThat(application.bean(RouteApplication.class).handled).hasValue(0);
        }
    }

    /** The same routes are reachable without the filter: the test above is about the filter. */
    @Test
    void withoutTheFilterTheyAreReached() throws IOException {
        try (RunningApplication application = RunningApplication.start(RouteApplication.class);
                RawConnection connection = application.connect()) {
            assertThat(connection.exchange(request("GET", "/guarded/x")).text())
                    .isEqualTo("secret of x");
            assertThat(connection.exchange(request("GET", "/guarded/%78")).text())
                    .isEqualTo("secret of x");
            assertThat(application.bean(RouteApplication.class).handled).hasValue(2);
        }
    }

    private static HttpHandler marked(HttpHandler handler) {
        return (request, response) -> {
            response.getHeaders().set(HEADER, "obstacle");
            return handler.handle(request, response);
        };
    }

    @Configuration(proxyBeanMethods = false)
    static class Filtering {

        @Bean
        WebFilter marking() {
            return (exchange, chain) -> {
                exchange.getResponse().getHeaders().set(HEADER, "obstacle");
                return chain.filter(exchange);
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Refusing {

        @Bean
        WebFilter refusing() {
            return (exchange, chain) -> {
                exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
                return exchange.getResponse().setComplete();
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Decorating {

        @Bean
        HttpHandlerDecoratorFactory decorating() {
            return FilteredLaneTest::marked;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizing {

        @Bean
        WebHttpHandlerBuilderCustomizer customizing() {
            return builder -> builder.httpHandlerDecorator(FilteredLaneTest::marked);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnHandler {

        @Bean
        HttpHandler own(ApplicationContext context) {
            return marked(WebHttpHandlerBuilder.applicationContext(context).build());
        }
    }
}
