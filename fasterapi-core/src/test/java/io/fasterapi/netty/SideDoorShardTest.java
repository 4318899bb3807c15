package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.core.CoreLocal;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.http.FastHandler;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.MalformedBodyException;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.ShardKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.http.HttpProtocol;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SideDoorShardTest {

    private static final int CORES = 4;
    private static final int CONNECTIONS = 8;
    private static final int REQUESTS = 400;
    private static final int KEYS = 20;

    private static final FastHandler CORE =
            (req, res) -> res.text(String.valueOf(HandlerCore.current()));

    private final CountDownLatch release = new CountDownLatch(1);

    /** What each core has seen, as "key connection number". */
    private CoreLocal<List<String>> seen;

    private final DoorServer server =
            new DoorServer(
                    CORES,
                    1024,
                    Placement.INLINE,
                    FastRoutes.builder()
                            .get("/seen/{key}/{who}/{n}", ShardKey.path("key"), this::see)
                            .get("/path/{key}", ShardKey.path("key"), CORE)
                            .get("/header", ShardKey.header("X-Key"), CORE)
                            .get("/query", ShardKey.query("key"), CORE)
                            .post("/body", req -> new String(req.body()), CORE)
                            .get("/throws", SideDoorShardTest::broken, CORE)
                            .get("/hash", req -> new BrokenHash(), CORE)
                            .get("/malformed", SideDoorShardTest::malformed, CORE)
                            .get("/unsharded", CORE),
                    FailureAnswer.plain());

    SideDoorShardTest() {
        seen = new CoreLocal<>(server.cores, ArrayList::new);
    }

    @AfterEach
    void stop() {
        release.countDown();
        await().until(() -> server.limiter.count() == 0);
        server.close();
    }

    private void see(FastRequest req, io.fasterapi.http.FastResponse res) throws Exception {
        if (req.pathVariable("n").equals("hold")) {
            release.await();
        }
        String entry =
                req.pathVariable("key")
                        + " "
                        + req.pathVariable("who")
                        + " "
                        + req.pathVariable("n");
        seen.get().add(entry);
        res.text(entry);
    }

    private static Object broken(FastRequest req) {
        throw new IllegalStateException("no key on purpose");
    }

    private static Object malformed(FastRequest req) {
        throw new MalformedBodyException("no key in there", new IllegalStateException());
    }

    /** A key that cannot be one. */
    private static final class BrokenHash {

        @Override
        public int hashCode() {
            throw new AssertionError("no hash on purpose");
        }
    }

    @Test
    void oneKeyHasOneCoreAndItsRequestsKeepTheirOrder() throws Exception {
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int c = 0; c < CONNECTIONS; c++) {
            int connection = c;
            CompletableFuture<Void> client = new CompletableFuture<>();
            clients.add(client);
            new Thread(() -> pipeline(connection, client), "client-" + c).start();
        }
        for (CompletableFuture<Void> client : clients) {
            client.get(40, TimeUnit.SECONDS);
        }

        List<List<String>> perCore = server.cores.gather(() -> List.copyOf(seen.get())).join();
        Map<String, Integer> coreOfKey = new HashMap<>();
        Map<String, Integer> lastNumber = new HashMap<>();
        int count = 0;
        for (int core = 0; core < CORES; core++) {
            for (String entry : perCore.get(core)) {
                String[] parts = entry.split(" ");
                assertThat(coreOfKey.computeIfAbsent(parts[0], this::coreOf)).isEqualTo(core);
                int number = Integer.parseInt(parts[2]);
                Integer before = lastNumber.put(parts[0] + " " + parts[1], number);
                assertThat(before == null ? -1 : before).isLessThan(number);
                count++;
            }
        }
        assertThat(count).isEqualTo(CONNECTIONS * REQUESTS);
        assertThat(coreOfKey).hasSize(KEYS);
        assertThat(coreOfKey.values()).contains(0, 1, 2, 3);
    }

    private int coreOf(String key) {
        return server.cores.coreOf(key).index();
    }

    private void pipeline(int connection, CompletableFuture<Void> end) {
        try (RawClient client = new RawClient(server.port())) {
            StringBuilder requests = new StringBuilder();
            for (int n = 0; n < REQUESTS; n++) {
                requests.append(RawClient.get(target("key" + n % KEYS, connection, "" + n)));
            }
            client.send(requests.toString());
            for (int n = 0; n < REQUESTS; n++) {
                assertThat(client.receive())
                        .endsWith("key" + n % KEYS + " " + connection + " " + n);
            }
            end.complete(null);
        } catch (Throwable ex) {
            end.completeExceptionally(ex);
        }
    }

    private static String target(String key, int who, String n) {
        return "/seen/" + key + "/" + who + "/" + n;
    }

    /** The core is held until all have arrived, each after the other and on another connection. */
    @Test
    void requestsOfManyConnectionsRunInTheOrderOfTheirArrival() throws Exception {
        HandlerCore core = server.cores.coreOf("same");
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                RawClient client = new RawClient(server.port());
                clients.add(client);
                client.send(RawClient.get(target("same", i, i == 0 ? "hold" : "" + i)));
                int arrived = i + 1;
                await().pollInterval(1, TimeUnit.MILLISECONDS)
                        .until(() -> core.published() == arrived);
            }
            release.countDown();
            for (RawClient client : clients) {
                assertThat(client.receive()).startsWith("HTTP/1.1 200 ");
            }
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
        List<String> order =
                server.cores.gather(() -> List.copyOf(seen.get())).join().get(core.index());
        assertThat(order).hasSize(40).startsWith("same 0 hold");
        for (int i = 1; i < 40; i++) {
            assertThat(order.get(i)).isEqualTo("same " + i + " " + i);
        }
    }

    @Test
    void theKeyMayBeAnywhereInTheRequest() {
        for (int i = 0; i < KEYS; i++) {
            String key = "key" + i;
            String core = server.cores.coreOf(key).name();
            assertThat(get("/path/" + key).text()).isEqualTo(core);
            assertThat(get("/query?other=1&key=" + key + "&key=last").text()).isEqualTo(core);
            assertThat(
                            Reply.to(
                                            server.client(HttpProtocol.HTTP11)
                                                    .headers(all -> all.set("x-key", key)),
                                            "GET",
                                            "/header")
                                    .text())
                    .isEqualTo(core);
            assertThat(Reply.toPost(server.client(HttpProtocol.HTTP11), "/body", key).text())
                    .isEqualTo(core);
            assertThat(
                            Reply.toChunks(
                                            server.client(HttpProtocol.HTTP11),
                                            "/body",
                                            "k",
                                            "ey" + i)
                                    .text())
                    .isEqualTo(core);
        }
        assertThat(get("/path/k%65y7").text()).isEqualTo(server.cores.coreOf("key7").name());
    }

    @ParameterizedTest
    @CsvSource({"/header, door-core-", "/query?kez=1, door-core-", "/unsharded, null"})
    void withoutAKeyAnyCoreWillDoAndWithoutAShardThePlacementCounts(String uri, String start) {
        assertThat(get(uri).text()).startsWith(start);
    }

    @ParameterizedTest
    @CsvSource({"/throws, 500", "/hash, 500", "/malformed, 400"})
    void whatTheKeyThrowsIsAnsweredAsAFailureOfTheHandler(String uri, int status) throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.send(RawClient.get(uri) + RawClient.get("/path/next"));

            assertThat(client.receive()).startsWith("HTTP/1.1 " + status + " ");
            assertThat(client.receive()).endsWith(server.cores.coreOf("next").name());
        }
        await().until(() -> server.recorded.size() == 2);
        assertThat(server.recorded.get(0).status()).isEqualTo(status);
        assertThat(server.recorded.get(0).failure()).isNotNull();
        assertThat(server.recorded.get(1).failure()).isNull();
    }

    @Test
    void aStoppedCoreRefusesItsKeys() {
        server.stopCores();

        Reply reply = get("/path/any");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.header("Retry-After")).isIn("1", "2");
    }

    private Reply get(String uri) {
        return Reply.to(server.client(HttpProtocol.HTTP11), "GET", uri);
    }
}
