package io.fasterapi.spring.webflux.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.netty.FrontDoor;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.testing.SelfSigned;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** HTTP/1.1 with TLS is answered as early as without, with the bytes of the usual way. */
class EarlyTlsWiringTest {

    @TempDir static Path folder;

    /** Whether HTTP/2 is offered, and what the client offers. */
    @ParameterizedTest
    @CsvSource({"false, ''", "false, http/1.1", "true, ''", "true, http/1.1"})
    void answersAreTheSameAndEarly(boolean http2, String offered) throws Exception {
        Path store = SelfSigned.keyStore(folder);
        String usual = transcript(store, http2, offered, "limits.connections=1000", 0);
        assertThat(usual).contains("direct", "plain", "got a body");
        assertThat(transcript(store, http2, offered, "inline", 9)).isEqualTo(usual);
        assertThat(transcript(store, http2, offered, "core", 9)).isEqualTo(usual);
    }

    private static String transcript(
            Path store, boolean http2, String offered, String way, int served) throws Exception {
        try (RunningApplication application =
                RunningApplication.start(
                        Application.class,
                        "server.ssl.key-store=file:" + store,
                        "server.ssl.key-store-type=PKCS12",
                        "server.ssl.key-store-password=" + SelfSigned.PASSWORD,
                        "server.http2.enabled=" + http2,
                        "fasterapi.fast-lane.controllers=off",
                        way.contains("=")
                                ? "fasterapi." + way
                                : "fasterapi.placement.default=" + way)) {
            String all = exchange(application.port(), store, offered, request("/plain"));
            String more =
                    request("/plain")
                            + "POST /body HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                            + "Content-Length: 6\r\n\r\na body"
                            + request("/direct");
            all += exchange(application.port(), store, offered, more.repeat(3));
            assertThat(application.bean(FrontDoor.class).servedCount()).isEqualTo(served);
            return all;
        }
    }

    private static String request(String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    }

    /** Sends requests, and one more that ends the connection. */
    private static String exchange(int port, Path store, String offered, String requests)
            throws Exception {
        try (SSLSocket socket =
                (SSLSocket)
                        SelfSigned.trusting(store)
                                .getSocketFactory()
                                .createSocket("localhost", port)) {
            socket.setSoTimeout(20_000);
            if (!offered.isEmpty()) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {offered});
                socket.setSSLParameters(parameters);
            }
            String last = "GET /plain HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write((requests + last).getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application {

        @Bean
        FastRoutes direct() {
            return FastRoutes.builder().get("/direct", (req, res) -> res.text("direct")).build();
        }

        @GetMapping("/plain")
        String plain() {
            return "plain";
        }

        @PostMapping("/body")
        String body(@RequestBody String body) {
            return "got " + body;
        }
    }
}
