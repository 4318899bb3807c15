package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * How many requests a client may send before it reads. From 4.2.18 on Netty's codec closes a
 * connection that owes more than 128 answers; an answer of a core is owed until it comes back.
 */
class PipelineDepthEqualityTest {

    private static final int MOST = 128;
    private static final int MORE = 1000;

    @Test
    void coresAnswerAsManyAsTheCodecTakes() throws IOException {
        try (RunningApplication application = core()) {
            assertThat(answered(application, "/at-once", MOST)).isEqualTo(MOST);
            assertThat(application.published()).isEqualTo(MOST);
        }
    }

    /** The same on the event loop, where each has its answer before the next one is decoded. */
    @Test
    void thereIsNoMostOnTheEventLoop() throws IOException {
        try (RunningApplication application =
                RunningApplication.start(Application.class, "fasterapi.placement.default=inline")) {
            assertThat(answered(application, "/at-once", MORE)).isEqualTo(MORE);
            assertThat(application.published()).isZero();
        }
    }

    @Test
    void beyondThatCoresAreAsStockIsWithLateAnswers() throws IOException {
        try (RunningApplication stock =
                        RunningApplication.start(Application.class, "fasterapi.enabled=false");
                RunningApplication application = core()) {
            boolean all = answered(stock, "/late", MORE) == MORE;
            assertThat(answered(application, "/at-once", MORE) == MORE).isEqualTo(all);
            assertThat(application.published()).isPositive();
        }
    }

    private static RunningApplication core() {
        return RunningApplication.start(Application.class, "fasterapi.placement.default=core");
    }

    /** Returns how many of the requests were answered, in order, before the connection ended. */
    private static int answered(RunningApplication application, String path, int count)
            throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < count; i++) {
            requests.append(request("GET", path + "/" + i));
        }
        try (RawConnection connection = application.connect()) {
            connection.send(requests.toString());
            for (int i = 0; i < count; i++) {
                String answer;
                try {
                    answer = connection.read().text();
                } catch (IOException ended) {
                    return i;
                }
                assertThat(answer).isEqualTo("n" + i);
            }
        }
        return count;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/at-once/{n}")
        String atOnce(@PathVariable("n") String n) {
            return "n" + n;
        }

        @GetMapping("/late/{n}")
        Mono<String> late(@PathVariable("n") String n) {
            return Mono.delay(Duration.ofMillis(3)).map(tick -> "n" + n);
        }
    }
}
