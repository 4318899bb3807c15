package io.fasterapi.autoconfigure;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.Route;
import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.testing.OwnThreads;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.watchdog.Stall;
import io.fasterapi.watchdog.StallListener;
import io.fasterapi.watchdog.StallLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** Handlers that hold their thread until the watchdog has said so, on a running server. */
@ExtendWith(OutputCaptureExtension.class)
class WatchdogWiringTest {

    private static final String[] SHORT = {
        "fasterapi.io.threads=1",
        "fasterapi.cores.count=1",
        "fasterapi.watchdog.loop-stall=500ms",
        "fasterapi.watchdog.core-stall=500ms"
    };

    private static final List<Stall> STALLS = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        STALLS.clear();
    }

    @Test
    void aRouteThatHoldsTheEventLoopIsReportedOnceAndCountedEachTime(CapturedOutput output)
            throws IOException {
        try (RunningApplication application = start()) {
            assertThat(application.get("/quick").text()).isEqualTo("quick");
            assertThat(application.get("/held/17").text()).isEqualTo("told");
            assertThat(held()).hasSize(1);
            Stall stall = held().get(0);
            assertThat(stall.eventLoop()).isTrue();
            assertThat(stall.thread()).startsWith("fasterapi-io-");
            assertThat(stall.route()).isInstanceOf(Route.class);
            assertThat(stall.name()).isEqualTo("GET /held/{id}");
            assertThat(stall.stack())
                    .extracting(StackTraceElement::getMethodName)
                    .contains("holdUntilTold");

            assertThat(application.get("/held/18").text()).isEqualTo("told");
            assertThat(application.get("/quick").text()).isEqualTo("quick");
            assertThat(held()).extracting(Stall::name).containsOnly("GET /held/{id}").hasSize(2);
            assertThat(stalls(application, stall.thread())).isEqualTo(stallsOf(stall.thread()));
        }
        assertThat(output).containsOnlyOnce(": held by GET /held/{id} for ");
        assertThat(output).doesNotContain("/held/17").doesNotContain("GET /quick");
        assertThat(output).contains("WatchdogWiringTest.holdUntilTold(");
    }

    @Test
    void aRouteThatHoldsACoreIsReported() throws IOException {
        try (RunningApplication application = start()) {
            assertThat(application.get("/core/17").text()).isEqualTo("told");
            assertThat(held()).extracting(Stall::name).containsExactly("GET /core/{id}");
            assertThat(held().get(0).eventLoop()).isFalse();
            assertThat(held().get(0).thread()).isEqualTo("fasterapi-core-0");
            assertThat(stalls(application, "fasterapi-core-0"))
                    .isEqualTo(stallsOf("fasterapi-core-0"));
        }
    }

    /** Compiled or not, behind filters or not: by its template. */
    @ParameterizedTest
    @CsvSource({
        "inline, auto, /method/17",
        "inline, auto, /stream/17",
        "inline, off, /method/17",
        "core, auto, /method/17",
        "core, auto, /stream/17",
        "core, off, /method/17"
    })
    void aControllerIsReportedByItsTemplate(String placement, String lanes, String path)
            throws IOException {
        try (RunningApplication application =
                start(
                        "fasterapi.placement.default=" + placement,
                        "fasterapi.fast-lane.controllers=" + lanes)) {
            assertThat(application.get(path).text()).isEqualTo("told");
            String template = path.replace("17", "{id}");
            assertThat(held()).extracting(Stall::name).containsExactly("GET " + template);
            assertThat(held().get(0).eventLoop()).isEqualTo(placement.equals("inline"));
        }
    }

    @Test
    void codeOfTheApplicationBetweenTheRoutesIsReportedByItsFrame() throws IOException {
        try (RunningApplication application = start()) {
            assertThat(application.get("/quick").text()).isEqualTo("quick");
            assertThat(application.get("/quick?hold").text()).isEqualTo("quick");
            assertThat(held())
                    .extracting(Stall::name)
                    .singleElement()
                    .asString()
                    .startsWith("org.awaitility.");
            assertThat(held().get(0).thread()).startsWith("fasterapi-io-");
            assertThat(held().get(0).stack())
                    .extracting(StackTraceElement::getMethodName)
                    .contains("holdUntilTold");
        }
    }

    @Test
    void comesAndGoesWithTheServer() {
        OwnThreads threads = new OwnThreads();
        try (RunningApplication application = start()) {
            assertThat(threads.names()).contains("fasterapi-watchdog");
            application.context().stop();
            threads.awaitNone();
            application.context().start();
            assertThat(threads.names()).contains("fasterapi-watchdog");
        }
        threads.awaitNone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fasterapi.watchdog.enabled=false", "fasterapi.enabled=false"})
    void canBeSwitchedOff(String property) {
        OwnThreads threads = new OwnThreads();
        try (RunningApplication application = start(property)) {
            assertThat(threads.names()).doesNotContain("fasterapi-watchdog");
            assertThat(threads.names().contains("fasterapi-monitor"))
                    .isEqualTo(property.startsWith("fasterapi.watchdog")); // stealing and pauses
            assertThat(application.context().getBeanProvider(ServerParts.class))
                    .allSatisfy(parts -> assertThat(parts.threads().watchdog()).isNull());
        }
    }

    /** Else each stall would be logged twice. */
    @Test
    void aLogOfTheApplicationTakesThePlaceOfOurs(CapturedOutput output) throws IOException {
        try (RunningApplication application =
                RunningApplication.start(List.of(Application.class, OwnLog.class), SHORT)) {
            assertThat(application.get("/held/17").text()).isEqualTo("told");
            assertThat(held()).hasSize(1);
        }
        assertThat(output).containsOnlyOnce(": held by GET /held/{id} for ");
    }

    private static RunningApplication start(String... properties) {
        String[] all = new String[SHORT.length + properties.length];
        System.arraycopy(SHORT, 0, all, 0, SHORT.length);
        System.arraycopy(properties, 0, all, SHORT.length, properties.length);
        return RunningApplication.start(Application.class, all);
    }

    private static double stalls(RunningApplication application, String thread) {
        return application
                .bean(MeterRegistry.class)
                .get("fasterapi.watchdog.stalls")
                .tag("thread", thread)
                .functionCounter()
                .count();
    }

    /** Holds the calling thread as long as no further stall has been reported. */
    private static String holdUntilTold() {
        String thread = Thread.currentThread().getName();
        long before = stallsOf(thread);
        await().atMost(20, SECONDS).until(() -> stallsOf(thread) > before);
        return "told";
    }

    private static long stallsOf(String thread) {
        return STALLS.stream().filter(stall -> stall.thread().equals(thread)).count();
    }

    /** The stalls of these tests, without those of a machine that took a CPU away. */
    private static List<Stall> held() {
        return STALLS.stream()
                .filter(
                        stall ->
                                stall.stack().stream()
                                        .map(StackTraceElement::getMethodName)
                                        .anyMatch("holdUntilTold"::equals))
                .toList();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Bean
        StallListener stalls() {
            return STALLS::add;
        }

        @Bean
        FastRoutes routes() {
            return FastRoutes.builder()
                    .get("/quick", Placement.INLINE, (req, res) -> res.text("quick"))
                    .get("/held/{id}", Placement.INLINE, (req, res) -> res.text(holdUntilTold()))
                    .get("/core/{id}", Placement.CORE, (req, res) -> res.text(holdUntilTold()))
                    .build();
        }

        @GetMapping("/method/{id}")
        String method(@PathVariable String id) {
            return holdUntilTold();
        }

        @GetMapping("/stream/{id}")
        Flux<String> stream(@PathVariable String id) {
            return Flux.just(holdUntilTold());
        }

        /** What an application may add to Netty's pipeline, with a request that makes it block. */
        @Bean
        NettyServerCustomizer blocking() {
            return server ->
                    server.doOnChannelInit(
                            (observer, channel, address) ->
                                    channel.pipeline()
                                            .addAfter(
                                                    "reactor.left.httpCodec",
                                                    "blocking",
                                                    new Blocking()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnLog {

        @Bean
        StallLog log() {
            return new StallLog();
        }
    }

    /** Blocks the event loop for some requests, outside of every route. */
    private static final class Blocking extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (message instanceof HttpRequest request && request.uri().endsWith("?hold")) {
                holdUntilTold();
            }
            ctx.fireChannelRead(message);
        }
    }
}
