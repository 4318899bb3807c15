package io.fasterapi.spring.webflux.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.netty.FrontDoor;
import io.fasterapi.spring.testing.Answer;
import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A server that heeds what a proxy says answers as stock, and early where that is plain. */
@TestInstance(Lifecycle.PER_CLASS)
class ForwardedEqualityTest {

    private static final String NATIVE = "server.forward-headers-strategy=native";

    /** The first of each kind is Reactor Netty's. */
    private static final int TIMES = 3;

    private RunningApplication stock;
    private RunningApplication ours;

    @BeforeAll
    void start() {
        stock = RunningApplication.start(Application.class, NATIVE, "fasterapi.enabled=false");
        ours =
                RunningApplication.start(
                        Application.class,
                        NATIVE,
                        "fasterapi.placement.default=inline",
                        "fasterapi.fast-lane.controllers=off");
    }

    @AfterAll
    void stop() {
        stock.close();
        ours.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''| true",
                "X-Forwarded-For: 203.0.113.7| true",
                "X-Forwarded-For: 203.0.113.7, 198.51.100.2| true",
                "X-Forwarded-For: 2001:db8::7| false",
                "X-Forwarded-For: 203.0.113.7:99| false",
                "X-Forwarded-For: unknown| false",
                "X-Forwarded-For: | false",
                "X-Forwarded-Proto: https| true",
                "X-Forwarded-Proto: http| true",
                "X-Forwarded-Proto: https,http| false",
                "X-Forwarded-Proto: wss| false",
                "X-Forwarded-Proto: <| false",
                "X-Forwarded-Host: example.org| true",
                "X-Forwarded-Host: example.org:8443| true",
                "X-Forwarded-Host: example.org:99999| false",
                "X-Forwarded-Host: example.org:x| false",
                "X-Forwarded-Host: [2001:db8::7]:80| false",
                "X-Forwarded-Host: a.example, b.example| false",
                "X-Forwarded-Port: 8080| true",
                "X-Forwarded-Port: 99999| false",
                "X-Forwarded-Port: x| false",
                "X-Forwarded-Port: | false",
                "X-Forwarded-Prefix: /pre| false",
                "Forwarded: for=203.0.113.7;proto=https;host=example.org| false",
                "Forwarded: for=\"[2001:db8::7]:x\"| false",
            })
    void theSameAndEarlyWherePlain(String header, boolean plain) throws IOException {
        for (String path : List.of("/uri", "/address")) {
            long before = ours.bean(FrontDoor.class).servedCount();
            assertThat(answers(ours, path, header)).isEqualTo(answers(stock, path, header));
            boolean said = header.startsWith("X-Forwarded-") && !header.contains("Proto");
            boolean early = plain && !(path.equals("/address") && said);
            assertThat(ours.bean(FrontDoor.class).servedCount() - before)
                    .as("early on %s", path)
                    .isBetween(early ? TIMES - 1L : 0L, early ? TIMES : 0L);
        }
    }

    /** Each on one connection: whoever asks last decides nothing for the next. */
    @ParameterizedTest
    @CsvSource({"X-Forwarded-Proto: https", "X-Forwarded-Host: a.example", "X-Forwarded-Port: 81"})
    void oneConnectionMayServeSeveral(String header) throws IOException {
        List<String> seen = new ArrayList<>();
        for (RunningApplication application : List.of(stock, ours)) {
            try (RawConnection connection = application.connect()) {
                StringBuilder all = new StringBuilder();
                for (int i = 0; i < 2 * TIMES; i++) {
                    String said = i % 2 == 0 ? header : "X-Other: x";
                    all.append(connection.exchange(request("/uri", said)).text());
                }
                seen.add(all.toString());
            }
        }
        assertThat(seen.get(1)).isEqualTo(seen.get(0));
    }

    private static String request(String path, String header) {
        return RawConnection.request("GET", path, header.isEmpty() ? "X-Other: x" : header);
    }

    private static List<String> answers(RunningApplication application, String path, String header)
            throws IOException {
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < TIMES; i++) {
            try (RawConnection connection = application.connect()) {
                Answer answer = connection.exchange(request(path, header));
                answers.add(
                        answer.status()
                                + " "
                                + answer.text().replace(":" + application.port(), ":PORT"));
            }
        }
        return answers;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @GetMapping("/uri")
        String uri(ServerHttpRequest request) {
            return request.getURI().toString();
        }

        @GetMapping("/address")
        String address(ServerHttpRequest request) {
            InetSocketAddress client = request.getRemoteAddress();
            InetSocketAddress server = request.getLocalAddress();
            return client.getHostString() + " " + server.getHostString() + ":" + server.getPort();
        }
    }
}
