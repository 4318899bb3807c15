package io.fasterapi.bench.openloop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every run is against a server of the JDK on a real port. */
class LoadRunTest {

    private static final double SECONDS = 0.2;
    private static final long TEN_SECONDS = TimeUnit.SECONDS.toNanos(10);

    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1000);
        server.setExecutor(workers);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        workers.shutdownNow();
    }

    @Test
    void sendsExactlyTheRateTimesTheSeconds() throws Exception {
        serve("/a", (exchange, number) -> answer(exchange, 200));
        serve("/b", (exchange, number) -> answer(exchange, 204));

        Report report =
                run(new Limits(50, 1000, TEN_SECONDS), 0, get("a", 400, "/a"), get("b", 70, "/b"));

        StreamReport a = report.streams().get(0);
        StreamReport b = report.streams().get(1);
        assertThat(a.sent()).isEqualTo(80);
        assertThat(a.ok().count()).isEqualTo(80);
        assertThat(b.sent()).isEqualTo(14);
        assertThat(b.ok().count()).isEqualTo(14);
        assertThat(requests).hasValue(94);
        assertThat(failures(a) + failures(b)).isZero();
    }

    @Test
    void sharesOfSeveralThreadsAddUp() throws Exception {
        serve("/", (exchange, number) -> answer(exchange, 200));
        Plan plan =
                new Plan(
                        server.getAddress().getPort(),
                        3,
                        0,
                        SECONDS,
                        new Limits(9, 100, TEN_SECONDS),
                        List.of(get("all", 500, "/")));

        StreamReport all = LoadRun.run(plan).streams().get(0);

        assertThat(all.ok().count()).isEqualTo(100);
        assertThat(requests).hasValue(100);
    }

    @Test
    void warmingUpIsSentAndNotCounted() throws Exception {
        serve("/", (exchange, number) -> answer(exchange, 200));

        StreamReport all =
                run(new Limits(10, 100, TEN_SECONDS), 0.2, get("all", 100, "/")).streams().get(0);

        assertThat(requests).hasValue(40);
        assertThat(all.sent()).isEqualTo(20);
        assertThat(all.ok().count()).isEqualTo(20);
    }

    /**
     * The server answers nothing for 300 ms. A closed loop would have one slow request, here those
     * that were due meanwhile waited 150 ms on average: 60 of 100 at 200/s.
     */
    @Test
    void stallShowsInTheLatencyOfWhatWasDueMeanwhile() throws Exception {
        serve(
                "/",
                (exchange, number) -> {
                    if (number == 20) {
                        stall(300);
                    }
                    answer(exchange, 200);
                });

        StreamReport all =
                LoadRun.run(plan(new Limits(1, 1000, TEN_SECONDS), 0, 0.5, get("all", 200, "/")))
                        .streams()
                        .get(0);

        assertThat(all.ok().count()).isEqualTo(100);
        assertThat(all.ok().max()).isGreaterThan(290);
        assertThat(all.ok().p90()).isGreaterThan(200);
        assertThat(all.ok().p50()).isGreaterThan(20);
    }

    @Test
    void refusalsAreCountedApart() throws Exception {
        serve(
                "/",
                (exchange, number) -> {
                    if (number % 4 == 0) {
                        stall(300);
                    }
                    answer(exchange, number % 4 == 0 ? 200 : number % 4 == 1 ? 404 : 503);
                });

        StreamReport all =
                run(new Limits(50, 100, TEN_SECONDS), 0, get("all", 200, "/")).streams().get(0);

        assertThat(all.ok().count()).isEqualTo(10);
        assertThat(all.refused().count()).isEqualTo(20);
        assertThat(all.other()).isEqualTo(10);
        assertThat(all.ok().p50()).isGreaterThan(299);
        assertThat(all.refused().p50()).isLessThan(all.ok().p50());
    }

    @Test
    void whatHasNoAnswerTimesOutOrIsDropped() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        serve("/", (exchange, number) -> await(end));

        StreamReport all =
                run(new Limits(2, 10, TimeUnit.MILLISECONDS.toNanos(300)), 0, get("all", 250, "/"))
                        .streams()
                        .get(0);
        end.countDown();

        assertThat(all.sent()).isBetween(2L, 49L);
        assertThat(all.timedOut()).isBetween(12L, 49L);
        assertThat(all.dropped()).isEqualTo(50 - all.timedOut());
        assertThat(all.ok().count()).isZero();
    }

    @Test
    void connectionThatTimedOutIsReplaced() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        serve(
                "/",
                (exchange, number) -> {
                    if (number == 1) {
                        await(end);
                    }
                    answer(exchange, 200);
                });

        Limits limits = new Limits(1, 100, TimeUnit.MILLISECONDS.toNanos(100));
        StreamReport all = LoadRun.run(plan(limits, 0, 2, get("all", 50, "/"))).streams().get(0);
        end.countDown();

        assertThat(all.timedOut()).isBetween(1L, 99L); // how many depends on the machine's pauses
        assertThat(all.ok().count()).isEqualTo(100 - all.timedOut());
    }

    @Test
    void brokenAndRefusedConnectionsAreErrors() throws Exception {
        serve("/", (exchange, number) -> exchange.close());
        StreamReport broken =
                run(new Limits(10, 100, TEN_SECONDS), 0, get("broken", 100, "/")).streams().get(0);
        server.stop(0);
        StreamReport nobody =
                run(new Limits(10, 100, TEN_SECONDS), 0, get("nobody", 100, "/")).streams().get(0);

        assertThat(broken.failed()).isEqualTo(20);
        assertThat(nobody.failed()).isEqualTo(20);
    }

    @Test
    void postsTheBody() throws Exception {
        Queue<String> bodies = new ConcurrentLinkedQueue<>();
        serve(
                "/",
                (exchange, number) -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    bodies.add(
                            exchange.getRequestMethod() + new String(body, StandardCharsets.UTF_8));
                    answer(exchange, 200);
                });
        byte[] body = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

        run(new Limits(1, 10, TEN_SECONDS), 0, new RequestStream("post", 10, "/", body));

        assertThat(bodies).containsExactly("POST{\"a\":1}", "POST{\"a\":1}");
    }

    @Test
    void reportsEachSecondAndItsOwnLateness() throws Exception {
        serve("/", (exchange, number) -> answer(exchange, 200));

        Report report =
                LoadRun.run(plan(new Limits(10, 100, TEN_SECONDS), 0, 1, get("all", 100, "/")));

        StreamReport all = report.streams().get(0);
        assertThat(all.seconds()).hasSize(1);
        assertThat(all.seconds().get(0).ok()).isBetween(1L, 100L);
        assertThat(all.goodput()).isEqualTo((double) all.seconds().get(0).ok());
        assertThat(all.late().count()).isEqualTo(100);
        assertThat(report.markdown()).contains("| all | 100 | 100 | 100 | 0 | 0 | 0 | 0 | 0 |");
        assertThat(report.json()).contains("\"p999\"", "\"timedOut\"", "\"seconds\"");
    }

    private void serve(String path, Answer answer) {
        server.createContext(
                path,
                exchange -> {
                    int number = requests.incrementAndGet();
                    try {
                        answer.to(exchange, number);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private Report run(Limits limits, double warm, RequestStream... streams) throws Exception {
        return LoadRun.run(plan(limits, warm, SECONDS, streams));
    }

    private Plan plan(Limits limits, double warm, double seconds, RequestStream... streams) {
        int port = server.getAddress().getPort();
        return new Plan(port, 1, warm, seconds, limits, List.of(streams));
    }

    private static RequestStream get(String name, double perSecond, String path) {
        return new RequestStream(name, perSecond, path, null);
    }

    private static long failures(StreamReport stream) {
        return stream.other() + stream.timedOut() + stream.dropped() + stream.failed();
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status, -1);
    }

    private static void await(CountDownLatch end) throws InterruptedException {
        assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** What the server does, not the test. */
    private static void stall(long millis) throws InterruptedException {
        Thread.sleep(millis);
    }

    /** How the server answers a request, of which it has the number, from 1. */
    private interface Answer {
        void to(HttpExchange exchange, int number) throws IOException, InterruptedException;
    }
}
