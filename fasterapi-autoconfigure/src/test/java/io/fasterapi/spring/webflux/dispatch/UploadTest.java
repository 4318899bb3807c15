package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Bodies that arrive faster than their handler takes them, and handlers slower than time-outs. */
class UploadTest {

    private static final int MEGABYTE = 1 << 20;
    private static final int SENT = 256 * MEGABYTE;
    private static final int MOST = 64 * MEGABYTE;

    @Test
    void whatASlowConsumerHasNotTakenStaysInTheSocket() throws IOException {
        try (RunningApplication application =
                        RunningApplication.start(
                                Uploads.class, "fasterapi.fast-lane.controllers=off");
                RawConnection connection = application.connect()) {
            connection.send(request("POST", "/slow", "Content-Length: " + SENT));
            byte[] piece = new byte[MEGABYTE];
            for (int sent = 0; sent < SENT; sent += MEGABYTE) {
                connection.send(piece);
            }

            Answer answer = connection.read();

            assertThat(answer.text()).isEqualTo("" + SENT);
            assertThat(application.bean(Uploads.class).most.get())
                    .isGreaterThan(Long.MIN_VALUE)
                    .isLessThanOrEqualTo(MOST);
        }
    }

    @Test
    void aTimeOutForReadingARequestEndsWithTheRequest() throws IOException {
        try (RunningApplication application =
                RunningApplication.start(
                        List.of(Uploads.class, TimeOut.class),
                        "fasterapi.fast-lane.controllers=off")) {
            String slow = request("POST", "/late", "Content-Length: 2") + "ab";

            assertThat(application.exchange(slow).text()).isEqualTo("late");
            assertThat(application.exchange(slow).text()).isEqualTo("late");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class TimeOut {

        @Bean
        NettyServerCustomizer timeOut() {
            return server -> server.requestTimeout(Duration.ofSeconds(1));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Uploads {

        private final AtomicLong most = new AtomicLong(Long.MIN_VALUE);

        /** Takes its time for every buffer, and sees how much memory is taken meanwhile. */
        @PostMapping("/slow")
        Mono<String> slow(@RequestBody Flux<DataBuffer> body) {
            ByteBufAllocatorMetricProvider memory =
                    (ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT;
            long before = memory.metric().usedDirectMemory(); // other tests' chunks
            return body.map(
                            buffer -> {
                                most.accumulateAndGet(
                                        memory.metric().usedDirectMemory() - before, Math::max);
                                spin(100_000);
                                int bytes = buffer.readableByteCount();
                                DataBufferUtils.release(buffer);
                                return bytes;
                            })
                    .reduce(0, Integer::sum)
                    .map(String::valueOf);
        }

        /** Holds its thread for longer than the time-out for reading. */
        @PostMapping("/late")
        String late(@RequestBody String body) {
            spin(2_000_000_000);
            return "late";
        }

        private static void spin(long nanos) {
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }
    }
}
