package io.fasterapi.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.Refusals;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.core.WaitMode;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.FastResponse;
import io.fasterapi.placement.ConcurrencyLimit;
import io.fasterapi.placement.LoadLimits;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.RouteTree;
import io.fasterapi.test.SharedMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * What two event loops both write while each serves ordinary requests: the list is frozen, and a
 * new place in memory fails this test until it has a reason there. Memory is read before, within
 * and after each request; a value that changes and changes back between two of these is not seen.
 */
class SharedWritesWiringTest {

    private static final Path LIST =
            Path.of(System.getProperty("basedir", ""), "src/test/resources/shared-writes.txt");

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final int REQUESTS = 96;

    /** What is written at most once in so many requests is sampled. */
    private static final int SAMPLED = 16;

    private final ConcurrencyLimiter limiter = new ConcurrencyLimiter(50_000);
    private final Placements placements =
            new Placements(
                    Placement.INLINE,
                    template -> null,
                    new LoadLimits(() -> ConcurrencyLimit.fixed(10_000), template -> false));
    private final HandlerCores cores =
            new HandlerCores(new CoreOptions(1, 64, WaitMode.PARK, false, "shared-core-"));
    private final Connections connections =
            new Connections(new ConnectionLimits(1_000, 1 << 30), path -> false, Refusals.plain());
    private final LoopResources loops = LoopResources.create("shared", 2, true);
    private final FrontDoor door = new FrontDoor();
    private final SideDoor sideDoor =
            new SideDoor(
                    RouteTree.of(routes().build().routes()),
                    cores,
                    new SideDoorOptions(
                            placements,
                            ThreadWorkers.pooled(),
                            new TinyJson(),
                            BodyWriters.of(new TinyJson()),
                            FailureAnswer.plain(),
                            Admission.of(limiter),
                            1_000),
                    (route, method, status, failure, nanos) -> {});
    private final SharedMemory memory =
            new SharedMemory(door, sideDoor, cores, placements, limiter, connections);
    private DisposableServer server;

    /** What is called within a request, on its thread. */
    private volatile Runnable within = () -> {};

    /** The rest of the call. */
    private Runnable called = () -> {};

    private volatile Thread servedBy;

    private FastRoutes.Builder routes() {
        return FastRoutes.builder()
                .get("/inline", this::answer)
                .get("/core", Placement.CORE, this::answer);
    }

    private void answer(FastRequest request, FastResponse response) {
        servedBy = Thread.currentThread();
        within.run();
        response.text("served");
    }

    @BeforeEach
    void start() {
        cores.start();
        door.add(sideDoor);
        HttpServer plain = HttpServer.create().host("127.0.0.1").port(0).runOn(loops);
        server = connections.addTo(door.addTo(plain.route(sideDoor::addTo), () -> true)).bindNow();
    }

    @AfterEach
    void stop() {
        server.disposeNow(LONG);
        cores.stop(LONG);
        loops.disposeLater(Duration.ZERO, LONG).block(LONG);
    }

    private static void ask(RawClient client, String uri) throws IOException {
        client.send(RawClient.get(uri));
        assertThat(client.receive()).startsWith("HTTP/1.1 200").endsWith("served");
    }

    /** Connects two clients whose connections two event loops have. */
    private List<RawClient> clients() throws IOException {
        List<RawClient> clients = new ArrayList<>();
        List<Thread> of = new ArrayList<>();
        while (clients.size() < 2) {
            RawClient client = new RawClient(server.port());
            ask(client, "/inline");
            if (of.contains(servedBy)) {
                client.close();
            } else {
                clients.add(client);
                of.add(servedBy);
            }
        }
        return clients;
    }

    /**
     * Returns the places that both loops have changed, and how many times one of them did at most.
     */
    private Map<String, Integer> sharedWrites(String uri) throws Exception {
        List<Map<String, Map<Object, Integer>>> changes = new ArrayList<>();
        List<RawClient> clients = clients();
        for (RawClient client : clients) {
            for (int i = 0; i < REQUESTS; i++) {
                ask(client, uri);
            }
        }
        for (RawClient client : clients) {
            changes.add(changes(client, uri));
        }
        for (RawClient client : clients) {
            client.close();
        }
        Map<String, Integer> shared = new TreeMap<>();
        changes.get(0)
                .forEach(
                        (name, places) ->
                                places.forEach(
                                        (place, times) -> {
                                            Integer other =
                                                    changes.get(1)
                                                            .getOrDefault(name, Map.of())
                                                            .get(place);
                                            if (other != null) {
                                                shared.merge(
                                                        name, Math.max(times, other), Math::max);
                                            }
                                        }));
        return shared;
    }

    private Map<String, Map<Object, Integer>> changes(RawClient client, String uri)
            throws Exception {
        Map<String, Map<Object, Integer>> changes = new HashMap<>();
        awaitEnd(); // the other loop may be at the end of its last request
        List<SharedMemory.Snapshot> seen = new ArrayList<>(List.of(memory.read()));
        within =
                () -> {
                    called.run();
                    seen.add(memory.read());
                };
        for (int i = 0; i < REQUESTS; i++) {
            ask(client, uri);
            awaitEnd();
            seen.add(memory.read());
            for (int next = 1; next < seen.size(); next++) {
                seen.get(next - 1).countChanges(seen.get(next), changes);
            }
            seen.subList(0, seen.size() - 1).clear();
        }
        within = () -> {};
        return changes;
    }

    /** Waits until the last request is counted out, which comes after its answer. */
    private void awaitEnd() {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> limiter.count() == 0);
    }

    /** Returns the listed places of a kind; with a question mark behind those of rare cases. */
    private static Map<String, String> listed(String kind) throws IOException {
        Map<String, String> listed = new TreeMap<>();
        for (String line : Files.readAllLines(LIST)) {
            if (line.startsWith(kind + ' ')) {
                int at = line.indexOf(" : ");
                listed.put(
                        line.substring(kind.length(), at).strip(), line.substring(at + 3).strip());
            }
        }
        assertThat(listed).isNotEmpty().allSatisfy((place, why) -> assertThat(why).isNotEmpty());
        return listed;
    }

    private static void assertListed(Set<String> found, String kind) throws IOException {
        Set<String> known = new TreeSet<>();
        Set<String> always = new TreeSet<>();
        for (String place : listed(kind).keySet()) {
            boolean rare = place.endsWith("?");
            String name = rare ? place.substring(0, place.length() - 1) : place;
            known.add(name);
            if (!rare) {
                always.add(name);
            }
        }
        assertThat(known).as(kind).containsAll(found);
        assertThat(found).as(kind).containsAll(always);
    }

    @Test
    void anInlineRequestWritesNothingThatOtherLoopsWrite() throws Exception {
        assertThat(sharedWrites("/inline")).isEmpty();
    }

    /** Each call is reported with a time that a busy machine does not change. */
    @Test
    void whereThePlacementMovesAFewWritesAreSampled() throws Exception {
        RoutePlacement auto = placements.of("GET", "/auto", Placement.AUTO);
        placements.limit().calibrate(20_000);
        while (auto.now() != Placement.INLINE) {
            auto.ran(Placement.CORE, 1_000, 1_000, 0);
        }
        called = () -> auto.ran(Placement.INLINE, 1_000, 1_000, 0);
        Map<String, Integer> shared = sharedWrites("/inline");
        assertListed(shared.keySet(), "inline");
        assertThat(shared)
                .allSatisfy(
                        (place, times) ->
                                assertThat(times).as(place).isLessThan(REQUESTS / SAMPLED));
    }

    @Test
    void whatTwoLoopsAndTheirCoreWriteIsListed() throws Exception {
        assertListed(sharedWrites("/core").keySet(), "core");
    }
}
