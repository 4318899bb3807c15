package io.fasterapi.spring.failures;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.netty.FrontDoor;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.EOFException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/** Whatever handles a request that has failed beside it is cancelled, once, wherever it runs. */
class GivenUpChaosTest {

    /** The last column: how many of two ordinary requests were answered early. */
    @ParameterizedTest
    @CsvSource({
        "core, fasterapi.enabled=true, 1",
        "virtual, fasterapi.enabled=true, 1",
        "inline, fasterapi.enabled=true, 1",
        "inline, server.http2.enabled=true, 0",
        "inline, fasterapi.deadline-header=X-Budget, 1",
    })
    void itIsCancelledOnce(String placement, String property, int early) throws IOException {
        try (RunningApplication application =
                        RunningApplication.start(
                                List.of(Application.class),
                                "fasterapi.placement.default=" + placement,
                                property);
                RawConnection connection = application.connect()) {
            for (int i = 0; i < 2; i++) {
                assertThat(connection.exchange(request("GET", "/plain")).text()).isEqualTo("plain");
            }
            assertThat(application.bean(FrontDoor.class).servedCount()).isEqualTo(early);
            AtomicInteger cancelled = application.bean(Application.class).cancelled;

            connection.send(request("GET", "/plain", "X-Fail: yes"));
            assertThat(end(connection)).isIn("500", "cut");

            await().untilAtomic(cancelled, org.hamcrest.Matchers.is(1));
            application.awaitIdle();
            assertThat(application.get("/plain").text()).isEqualTo("plain");
            assertThat(cancelled).hasValue(1);
        }
    }

    private static String end(RawConnection connection) throws IOException {
        try {
            return "" + connection.read().status();
        } catch (EOFException cut) {
            return "cut";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        final AtomicInteger cancelled = new AtomicInteger();

        /** Waits for ever, while somebody whom it started fails, who has nobody to tell. */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE)
        WebFilter failing() {
            return (exchange, chain) ->
                    exchange.getRequest().getHeaders().containsHeader("X-Fail")
                            ? Mono.deferContextual(this::waiting)
                            : chain.filter(exchange);
        }

        private Mono<Void> waiting(ContextView context) {
            return Mono.<Void>never()
                    .doOnSubscribe(
                            subscription ->
                                    Schedulers.boundedElastic().schedule(() -> fail(context)))
                    .doOnCancel(cancelled::incrementAndGet);
        }

        private static void fail(ContextView context) {
            Operators.onErrorDropped(new InternalError("meant"), Context.of(context));
        }

        @GetMapping("/plain")
        String plain() {
            return "plain";
        }
    }
}
