package io.fasterapi.spring.webflux.dispatch;

import static io.fasterapi.spring.testing.RawConnection.json;
import static io.fasterapi.spring.testing.RawConnection.request;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.netty.FrontDoor;
import io.fasterapi.spring.testing.PlainAndPost;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * A limit of requests per connection ends a connection with the same answer as in stock, whoever
 * has answered those before.
 */
class KeepAliveLimitEqualityTest {

    private static final String PLAIN = request("GET", "/plain");
    private static final int MORE = 3;

    /** Early ones, and others for each reason. */
    private static final List<String> KINDS =
            List.of(
                    PLAIN,
                    request("HEAD", "/plain"),
                    PLAIN,
                    json("/post", "{}"),
                    request("GET", "/missing"),
                    PLAIN,
                    PLAIN,
                    request("GET", "/fails"),
                    request("GET", "/plain", "Connection: keep-alive"),
                    "POST /post HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "2\r\n{}\r\n0\r\n\r\n");

    @ParameterizedTest
    @CsvSource({
        "1, inline, off",
        "2, inline, off",
        "3, inline, off",
        "100, inline, off",
        "1, inline, auto",
        "2, inline, auto",
        "3, inline, auto",
        "100, inline, auto",
        "2, core, auto",
        "3, core, auto",
        "100, core, auto",
    })
    void theSameRequestIsTheLast(int limit, String placement, String lane) throws IOException {
        String property = "server.netty.max-keep-alive-requests=" + limit;
        try (RunningApplication stock =
                        RunningApplication.start(
                                Application.class, property, "fasterapi.enabled=false");
                RunningApplication ours =
                        RunningApplication.start(
                                Application.class,
                                property,
                                "fasterapi.placement.default=" + placement,
                                "fasterapi.fast-lane.controllers=" + lane)) {
            for (boolean pipelined : new boolean[] {false, true}) {
                for (int i = 0; i < KINDS.size(); i++) {
                    List<String> requests = requests(i, limit + MORE);
                    String expected = transcript(stock, requests, pipelined);
                    assertThat(answers(expected)).isEqualTo(limit);
                    assertThat(transcript(ours, requests, pipelined))
                            .as("from %s, pipelined: %s", i, pipelined)
                            .isEqualTo(expected);
                }
                if (!pipelined || placement.equals("inline")) { // else the next one comes too soon
                    allButTheLastAreEarly(ours, limit, pipelined);
                }
            }
        }
    }

    /** The host is known by then. */
    private static void allButTheLastAreEarly(RunningApplication ours, int limit, boolean pipelined)
            throws IOException {
        long before = ours.bean(FrontDoor.class).servedCount();
        List<String> requests = Collections.nCopies(limit + MORE, PLAIN);
        assertThat(answers(transcript(ours, requests, pipelined))).isEqualTo(limit);
        assertThat(ours.bean(FrontDoor.class).servedCount() - before).isEqualTo(limit - 1L);
    }

    private static List<String> requests(int first, int count) {
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(KINDS.get((first + i) % KINDS.size()));
        }
        return requests;
    }

    private static int answers(String transcript) {
        return transcript.split("HTTP/1\\.1 ", -1).length - 1;
    }

    /** Returns all bytes up to the end of the connection, which is the server's. */
    private static String transcript(
            RunningApplication application, List<String> requests, boolean pipelined)
            throws IOException {
        StringBuilder all = new StringBuilder();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port())) {
            socket.setSoTimeout(20_000);
            InputStream in = socket.getInputStream();
            if (pipelined) {
                socket.getOutputStream().write(String.join("", requests).getBytes(ISO_8859_1));
            } else {
                boolean ended = false;
                for (int i = 0; i < requests.size() && !ended; i++) {
                    socket.getOutputStream().write(requests.get(i).getBytes(ISO_8859_1));
                    String answer = answer(in, requests.get(i).startsWith("HEAD"));
                    all.append(answer);
                    ended = answer.contains("connection: close");
                }
            }
            toTheEnd(in, all);
        }
        return all.toString()
                .replaceAll("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"T\"")
                .replaceAll("\"requestId\":\"[^\"]*\"", "\"requestId\":\"I\"")
                .replaceAll("Content-Length: 1..\r", "Content-Length: L\r");
    }

    private static String answer(InputStream in, boolean head) throws IOException {
        StringBuilder answer = new StringBuilder();
        while (answer.indexOf("\r\n\r\n") < 0) {
            next(in, answer);
        }
        int length = answer.indexOf("Content-Length: ") + "Content-Length: ".length();
        int bytes = Integer.parseInt(answer.substring(length, answer.indexOf("\r\n", length)));
        for (int i = 0; i < (head ? 0 : bytes); i++) {
            next(in, answer);
        }
        return answer.toString();
    }

    private static void next(InputStream in, StringBuilder answer) throws IOException {
        int next = in.read();
        assertThat(next).as("after %s", answer).isNotNegative();
        answer.append((char) next);
    }

    /** What the server has not read when it closes makes that a reset. */
    private static void toTheEnd(InputStream in, StringBuilder all) throws IOException {
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                all.append((char) next);
            }
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Application extends PlainAndPost {

        @GetMapping("/fails")
        String fails() {
            throw new ResponseStatusException(HttpStatus.I_AM_A_TEAPOT);
        }
    }
}
