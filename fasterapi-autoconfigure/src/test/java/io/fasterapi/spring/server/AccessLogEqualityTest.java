package io.fasterapi.spring.server;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.spring.testing.PlainAndPost;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.netty.ReactorNetty;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.logging.AccessLog;

/**
 * The access log of a system property has the lines of stock, also for what is answered early. The
 * property is read once in a JVM; here a customizer that passes for one of ours does what it does.
 */
class AccessLogEqualityTest {

    private static final String LAST = request("GET", "/plain", "Connection: close");

    private static final List<String> REQUESTS =
            List.of(
                    request("GET", "/plain"),
                    request("GET", "/plain?a=b%20c"),
                    json("/post", "{}"),
                    request("GET", "/empty"),
                    request("GET", "/none"),
                    request("GET", "/reset"),
                    request("GET", "/not-modified"),
                    request("GET", "/created"),
                    request("HEAD", "/plain"),
                    request("GET", "/missing"),
                    request("GET", "/plain", "X-Forwarded-For: 203.0.113.7"),
                    request("GET", "/plain"));

    private final Lines lines = new Lines();
    private final Logger logger =
            (Logger) LoggerFactory.getLogger("reactor.netty.http.server.AccessLog");

    @BeforeEach
    void listen() {
        HttpServer.create().configuration(); // has read the property then
        System.setProperty(ReactorNetty.ACCESS_LOG_ENABLED, "true");
    }

    @AfterEach
    void leave() {
        System.clearProperty(ReactorNetty.ACCESS_LOG_ENABLED);
        logger.detachAppender(lines);
        logger.setLevel(null);
    }

    @ParameterizedTest
    @CsvSource({"inline, off, 9", "inline, auto, 5", "core, auto, 0"})
    void theSameLines(String placement, String lane, int early) throws IOException {
        List<String> expected;
        try (RunningApplication stock = start(Logging.class, "fasterapi.enabled=false")) {
            expected = lines(stock);
        }
        try (RunningApplication ours =
                start(
                        Logging.class,
                        "fasterapi.placement.default=" + placement,
                        "fasterapi.fast-lane.controllers=" + lane)) {
            assertThat(lines(ours)).isEqualTo(expected);
            assertThat(ours.bean(FrontDoor.class).servedCount()).isGreaterThanOrEqualTo(early);
        }
    }

    @Test
    void noLinesWhereTheLevelIsOff() throws IOException {
        try (RunningApplication ours = start(Logging.class, "fasterapi.placement.default=inline")) {
            logger.setLevel(Level.WARN);
            transcript(ours, LAST);
            transcript(ours, REQUESTS.get(0).repeat(2) + LAST);
            assertThat(ours.bean(FrontDoor.class).servedCount()).isEqualTo(2);
            assertThat(lines.all).isEmpty();
        }
    }

    /** Which Reactor Netty tells nobody. */
    @Test
    void noneIsEarlyWhereCodeSwitchedItOn() throws IOException {
        System.clearProperty(ReactorNetty.ACCESS_LOG_ENABLED);
        try (RunningApplication ours =
                start(LoggingInOwnForm.class, "fasterapi.placement.default=inline")) {
            transcript(ours, LAST);
            transcript(ours, REQUESTS.get(0).repeat(2) + LAST);
            await().atMost(20, SECONDS).until(() -> lines.all.size() == 4);
            assertThat(lines.all).containsOnly("INFO mine /plain");
            assertThat(ours.bean(FrontDoor.class).servedCount()).isZero();
        }
    }

    /** Spring Boot has set up the log anew then. */
    private RunningApplication start(Class<?> source, String... properties) {
        RunningApplication application =
                RunningApplication.start(List.of(Application.class, source), properties);
        lines.start();
        logger.addAppender(lines);
        return application;
    }

    private List<String> lines(RunningApplication application) throws IOException {
        lines.all.clear();
        logged(application, LAST, 1); // its host is known then
        for (String request : REQUESTS) {
            logged(application, request + LAST, 2);
        }
        logged(application, String.join("", REQUESTS) + LAST, REQUESTS.size() + 1);
        return lines.all.stream()
                .peek(
                        line ->
                                assertThat(line)
                                        .containsPattern(
                                                "\\[\\d\\d/\\S+/\\d{4}(:\\d\\d){3} [+-]\\d{4}] "
                                                        + ".* \\d{1,5}$"))
                .map(line -> line.replaceAll("\\[.*]", "[T]").replaceAll("\\d+$", "MS"))
                .map(line -> line.replaceAll(" 404 1\\d\\d ", " 404 L ")) // it has an id
                .toList();
    }

    private void logged(RunningApplication application, String requests, int count)
            throws IOException {
        int before = lines.all.size();
        transcript(application, requests);
        await().atMost(20, SECONDS).until(() -> lines.all.size() == before + count);
    }

    private static void transcript(RunningApplication application, String requests)
            throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(requests.getBytes(ISO_8859_1));
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        }
    }

    /** Keeps the lines. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {

        private final List<String> all = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            all.add(event.getLevel() + " " + event.getFormattedMessage());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Logging {

        @Bean
        NettyServerCustomizer logging() {
            return server -> server.accessLog(true);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LoggingInOwnForm {

        @Bean
        NettyServerCustomizer logging() {
            return server ->
                    server.accessLog(true, said -> AccessLog.create("mine {}", said.uri()));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application extends PlainAndPost {

        @GetMapping("/empty")
        ResponseEntity<Void> empty() {
            return ResponseEntity.ok().build();
        }

        @GetMapping("/none")
        @ResponseStatus(HttpStatus.NO_CONTENT)
        void none() {}

        @GetMapping("/reset")
        ResponseEntity<Void> reset() {
            return ResponseEntity.status(HttpStatus.RESET_CONTENT).build();
        }

        @GetMapping("/not-modified")
        ResponseEntity<Void> notModified() {
            return ResponseEntity.status(HttpStatus.NOT_MODIFIED).eTag("x").build();
        }

        @GetMapping("/created")
        ResponseEntity<String> created() {
            return ResponseEntity.status(HttpStatus.CREATED).header("X-Own", "x").body("created");
        }
    }
}
