package io.fasterapi.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fasterapi.http.FastRequest;
import io.fasterapi.http.FastResponse;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * What the servers answer: {@code /lane/name/id}, where every answer but a 404 repeats the id.
 * Thread-safe.
 */
final class FuzzRoutes implements AutoCloseable {

    static final String ID = "x-id";
    static final int BIG = 70_000;

    final LongAdder byReactorNetty = new LongAdder();
    private final Path small;
    private final Path big;
    private final ScheduledExecutorService others = Executors.newScheduledThreadPool(2);

    FuzzRoutes(Path directory) throws IOException {
        small = Files.writeString(directory.resolve("small"), "from a file");
        big = Files.writeString(directory.resolve("big"), "f".repeat(BIG));
    }

    /** Returns the fast routes: of three lanes that differ in their placement alone. */
    FastRoutes fast() {
        FastRoutes.Builder builder = FastRoutes.builder();
        addLane(builder, "/inline", Placement.INLINE);
        addLane(builder, "/core", Placement.CORE);
        addLane(builder, "/virtual", Placement.VIRTUAL);
        return builder.build();
    }

    private void addLane(FastRoutes.Builder builder, String lane, Placement where) {
        builder.get(lane + "/now/{id}", where, (q, r) -> r.text("now:" + id(q)))
                .get(lane + "/made/{id}", where, (q, r) -> named(q, r).status(201).text("made"))
                .get(lane + "/fill/{id}", where, FuzzRoutes::fill)
                .get(lane + "/later/{id}", where, (q, r) -> later(q, r.async()))
                .get(lane + "/soon/{id}", where, (q, r) -> soon(q, r.async()))
                .get(lane + "/fail/{id}", where, (q, r) -> r.fail(new Meant()))
                .get(lane + "/throw/{id}", where, (q, r) -> raise())
                .get(lane + "/none/{id}", where, (q, r) -> named(q, r).status(204).end())
                .get(lane + "/same/{id}", where, (q, r) -> named(q, r).status(304).end())
                .get(lane + "/file/{id}", where, (q, r) -> named(q, r).file(small))
                .get(lane + "/big/{id}", where, (q, r) -> named(q, r).file(big))
                .post(lane + "/echo/{id}", where, (q, r) -> named(q, r).bytes(q.body()))
                .put(lane + "/echo/{id}", where, (q, r) -> named(q, r).bytes(q.body()))
                .post(lane + "/ignore/{id}", where, (q, r) -> named(q, r).text("ignored"));
    }

    private static String id(FastRequest request) {
        return request.pathVariable("id");
    }

    private static FastResponse named(FastRequest request, FastResponse response) {
        return response.header(ID, id(request));
    }

    private static void fill(FastRequest request, FastResponse response) {
        String n = request.queryParameter("n");
        response.bytes((id(request) + ":" + "x".repeat(number(n))).getBytes(ISO_8859_1));
    }

    private void later(FastRequest request, FastResponse response) {
        others.schedule(() -> named(request, response).text("later"), 200, TimeUnit.MICROSECONDS);
    }

    /** From another thread, now or never so soon. */
    private void soon(FastRequest request, FastResponse response) {
        others.execute(() -> named(request, response).text("soon"));
    }

    private static void raise() {
        throw new Meant();
    }

    /** Answers for a handler of a fast route that has failed. */
    Publisher<Void> failed(
            HttpServerRequest request, HttpServerResponse response, Throwable failure) {
        boolean meant = failure instanceof Meant;
        response.status(meant ? 500 : 413).header(ID, idOf(request));
        return meant || failure instanceof io.fasterapi.http.BodyTooLargeException
                ? Mono.empty()
                : Mono.error(failure);
    }

    private static String idOf(HttpServerRequest request) {
        String path = request.fullPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Adds the lane that is Reactor Netty's alone. */
    void addTo(HttpServerRoutes routes) {
        routes.route(request -> isOurs(request, "rn"), this::answer);
    }

    /** Adds all lanes, as Reactor Netty's. */
    void addAllTo(HttpServerRoutes routes) {
        routes.route(
                request ->
                        isOurs(request, "rn")
                                || isOurs(request, "inline")
                                || isOurs(request, "core")
                                || isOurs(request, "virtual"),
                this::answer);
    }

    private static boolean isOurs(HttpServerRequest request, String lane) {
        String[] parts = request.fullPath().split("/", -1);
        if (parts.length != 4 || !parts[0].isEmpty() || !parts[1].equals(lane)) {
            return false;
        }
        String method = request.method().name();
        return switch (parts[2]) {
                    case "now", "made", "fill", "later", "soon", "fail", "throw", "none", "same" ->
                            isGet(method);
                    case "file", "big" -> isGet(method);
                    case "stream" -> method.equals("GET");
                    case "echo" -> method.equals("POST") || method.equals("PUT");
                    case "ignore", "pipe" -> method.equals("POST");
                    default -> false;
                }
                && !parts[3].isEmpty();
    }

    private static boolean isGet(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        byReactorNetty.increment();
        String[] parts = request.fullPath().split("/", -1);
        String id = parts[3];
        response.header(ID, id);
        return switch (parts[2]) {
            case "now" -> text(response, "now:" + id);
            case "made" -> text(response.status(201), "made");
            case "fill" -> text(response, id + ":" + "x".repeat(count(request)));
            case "later" ->
                    Mono.delay(Duration.ofNanos(200_000))
                            .publishOn(loop(response))
                            .then(textLater(response, "later"));
            case "soon" ->
                    Mono.fromFuture(soon())
                            .publishOn(loop(response))
                            .then(textLater(response, "soon"));
            case "fail", "throw" -> response.status(500).send();
            case "none" -> response.status(204).send();
            case "same" -> response.status(304).send();
            case "file" -> response.header("content-length", "11").sendFile(small);
            case "big" -> response.header("content-length", "" + BIG).sendFile(big);
            case "stream" -> response.sendString(Flux.just("a", "b", id).publishOn(loop(response)));
            case "echo" ->
                    request.receive()
                            .aggregate()
                            .asByteArray()
                            .defaultIfEmpty(new byte[0])
                            .flatMap(bytes -> bytes(response, bytes));
            case "pipe" -> response.send(request.receive().retain());
            default -> text(response, "ignored");
        };
    }

    /**
     * An answer that another thread gives to Reactor Netty makes it forget, once in some hundreds
     * of times, to read on; so its own handlers answer in a later task of the event loop.
     */
    private static Scheduler loop(HttpServerResponse response) {
        return Schedulers.fromExecutor(((ChannelOperations<?, ?>) response).channel().eventLoop());
    }

    private CompletableFuture<Void> soon() {
        return CompletableFuture.runAsync(() -> {}, (Executor) others);
    }

    private static int number(String text) {
        return text != null && text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static int count(HttpServerRequest request) {
        String uri = request.uri();
        int start = uri.indexOf("?n=");
        return start < 0 ? 0 : number(uri.substring(start + 3));
    }

    private static Mono<Void> textLater(HttpServerResponse response, String text) {
        return Mono.defer(() -> text(response, text));
    }

    private static Mono<Void> text(HttpServerResponse response, String text) {
        return bytes(response, text.getBytes(ISO_8859_1));
    }

    private static Mono<Void> bytes(HttpServerResponse response, byte[] bytes) {
        return Mono.from(response.sendObject(Unpooled.wrappedBuffer(bytes)));
    }

    @Override
    public void close() {
        others.shutdownNow();
    }

    /** A handler fails with it. */
    private static final class Meant extends RuntimeException {

        private static final long serialVersionUID = 1;

        Meant() {
            super("meant", null, false, false);
        }
    }
}
