package io.fasterapi.spring.webflux.compile;

import static io.fasterapi.spring.testing.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.core.CoreLocal;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.placement.ShardBy;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** One writer per key: plain maps, no locks, and not one increment is lost. */
@Timeout(value = 400, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShardedIncrementsConcurrencyTest {

    private static final int CONNECTIONS = 10;
    private static final int KEYS = 1000;
    private static final int EACH = 50_000 / CONNECTIONS;

    /** Sent at once: from 4.2.18 on Netty closes a connection that owes more than 128 answers. */
    private static final int PIPELINED = 100;

    private static final char ADDED = '+';

    @Test
    void everyTotalIsExactAndHasOneOwner() throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);
        try (RunningApplication application =
                RunningApplication.start(Counting.class, "fasterapi.cores.count=3")) {
            List<Future<?>> ends =
                    IntStream.range(0, CONNECTIONS)
                            .<Future<?>>mapToObj(
                                    client -> clients.submit(() -> add(application, client)))
                            .toList();
            for (Future<?> end : ends) {
                end.get(300, TimeUnit.SECONDS);
            }
            CoreLocal<Map<String, Integer>> totals = application.bean(Counting.class).totals;
            Map<String, Integer> all = new HashMap<>();
            List<Map<String, Integer>> perCore =
                    application
                            .bean(HandlerCores.class)
                            .gather(() -> Map.copyOf(totals.get()))
                            .get(20, TimeUnit.SECONDS);
            for (Map<String, Integer> part : perCore) {
                assertThat(part).isNotEmpty();
                part.forEach((key, total) -> assertThat(all.put(key, total)).as(key).isNull());
            }
            assertThat(all).hasSize(KEYS);
            assertThat(all.values()).containsOnly(CONNECTIONS * EACH / KEYS);
        } finally {
            clients.shutdown();
        }
    }

    /** Writes and reads as little as it can, since a test of the server pays for it. */
    private static Object add(RunningApplication application, int client) throws IOException {
        List<byte[]> requests = requests(client);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port())) {
            socket.setSoTimeout(200_000);
            int answered = 0;
            for (int round = 0; round < EACH / KEYS; round++) {
                for (byte[] some : requests) {
                    socket.getOutputStream().write(some);
                    answered += awaitAnswers(socket.getInputStream());
                }
            }
            assertThat(answered).isEqualTo(EACH);
            return socket;
        }
    }

    /** One for each key, in another order for each client. */
    private static List<byte[]> requests(int client) {
        List<byte[]> requests = new ArrayList<>();
        StringBuilder some = new StringBuilder();
        for (int i = 1; i <= KEYS; i++) {
            int key = (client * 100 + i * 7) % KEYS; // 7 and KEYS have no common factor
            some.append(request("POST", "/totals/key" + key));
            if (i % PIPELINED == 0) {
                requests.add(some.toString().getBytes(StandardCharsets.ISO_8859_1));
                some.setLength(0);
            }
        }
        return requests;
    }

    /** Counts the bodies, of which each is one character that no head contains. */
    private static int awaitAnswers(InputStream in) throws IOException {
        byte[] some = new byte[16 * 1024];
        int count = 0;
        while (count < PIPELINED) {
            int length = in.read(some);
            assertThat(length).as("connection ended after %s answers", count).isPositive();
            for (int i = 0; i < length; i++) {
                count += some[i] == ADDED ? 1 : 0;
            }
        }
        return count;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    static class Counting {

        private final CoreLocal<Map<String, Integer>> totals;

        Counting(HandlerCores cores) {
            totals = new CoreLocal<>(cores, HashMap::new);
        }

        @ShardBy(path = "key")
        @PostMapping("/totals/{key}")
        String add(@PathVariable String key) {
            totals.get().merge(key, 1, Integer::sum);
            return "+";
        }
    }
}
