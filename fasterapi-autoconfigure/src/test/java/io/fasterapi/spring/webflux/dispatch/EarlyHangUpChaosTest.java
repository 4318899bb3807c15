package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.Ending;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.WebFilter;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * A client that has gone when the answer of another thread, which waited until Reactor Netty had
 * the request, has its turn on the event loop.
 */
class EarlyHangUpChaosTest {

    @Test
    void theAnswerIsReleased() throws IOException {
        try (RunningApplication application =
                RunningApplication.start(
                        Application.class,
                        "fasterapi.placement.default=inline",
                        "fasterapi.io.threads=1")) {
            application.get("/plain"); // the host is known from now on
            Application parts = application.bean(Application.class);
            try (RawConnection holder = application.connect()) {
                RawConnection leaver = application.connect();
                assertThat(leaver.exchange(request("GET", "/plain")).text()).isEqualTo("plain");
                holder.send(request("GET", "/held"));
                await().until(() -> parts.held.getCount() == 0);
                leaver.send(request("GET", "/written-elsewhere"));
                leaver.reset();
                parts.goOn.countDown(); // only now the loop reads the request, and the reset

                await().until(() -> parts.begun != null);
                await().until(() -> parts.answer.refCnt() == 0);
                assertThat(parts.begun).isInstanceOf(EarlyServerHttpRequest.class);
                assertThat(holder.read().text()).isEqualTo("held");
            }
            application.awaitIdle();
            assertThat(application.bean(ConcurrencyLimiter.class).ended(Ending.GONE)).isOne();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        private final ByteBuf answer = Unpooled.copiedBuffer("answer", UTF_8);
        private final CountDownLatch held = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private volatile @Nullable ServerHttpRequest begun;

        @Bean
        WebFilter filter() {
            return (exchange, chain) -> chain.filter(exchange);
        }

        @GetMapping("/plain")
        String plain() {
            return "plain";
        }

        @GetMapping("/held")
        String held() throws InterruptedException {
            held.countDown();
            goOn.await();
            return "held";
        }

        /** Returns when the other thread waits for Reactor Netty. */
        @GetMapping("/written-elsewhere")
        Mono<Void> write(ServerHttpRequest request, ServerHttpResponse response) {
            NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
            Mono<Void> writing = response.writeWith(Mono.just(buffers.wrap(answer)));
            Disposable written = CompletableFuture.supplyAsync(writing::subscribe).join();
            begun = request;
            return Mono.<Void>never().doOnCancel(written::dispose);
        }
    }
}
