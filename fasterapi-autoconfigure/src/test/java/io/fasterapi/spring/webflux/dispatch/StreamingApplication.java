package io.fasterapi.spring.webflux.dispatch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Streams in and out, and what their handlers saw. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class StreamingApplication {

    final Set<String> threads = new ConcurrentSkipListSet<>();
    final Set<String> subscribed = new ConcurrentSkipListSet<>();
    final AtomicInteger cancelled = new AtomicInteger();
    final AtomicInteger taken = new AtomicInteger();
    final Sinks.Many<String> ticks = Sinks.many().multicast().directBestEffort();
    final Sinks.Empty<Void> gate = Sinks.empty();

    static byte[] fileContent() {
        byte[] bytes = new byte[1_500_000];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @GetMapping("/events")
    Flux<ServerSentEvent<String>> events() {
        return Flux.range(0, 200)
                .doOnNext(i -> threads.add(Thread.currentThread().getName()))
                .map(i -> ServerSentEvent.builder("event " + i).id("" + i).build());
    }

    @GetMapping(path = "/objects", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<Whereabouts> objects() {
        return Flux.range(0, 50).map(i -> new Whereabouts());
    }

    /** Says where it is serialised. */
    static final class Whereabouts {

        public String getThread() {
            return Thread.currentThread().getName();
        }
    }

    @GetMapping(path = "/ticks", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> ticks() {
        return watched("/ticks", ticks.asFlux());
    }

    @GetMapping("/never")
    Mono<String> never() {
        return watched("/never", Flux.<String>never()).next();
    }

    @GetMapping(path = "/endless", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> endless() {
        return watched("/endless", Flux.<String>generate(sink -> sink.next("more")));
    }

    private <T> Flux<T> watched(String path, Flux<T> source) {
        return source.doOnSubscribe(subscription -> subscribed.add(path))
                .doOnCancel(cancelled::incrementAndGet);
    }

    /** Fails at once after its only element, which is sent nevertheless. */
    @GetMapping(path = "/broken-events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> brokenEvents() {
        return broken(Thread.currentThread().getName());
    }

    /** The same in one piece. */
    @GetMapping(path = "/broken-bytes", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    Flux<DataBuffer> brokenBytes(ServerHttpResponse response) {
        return this.<DataBuffer>broken(
                response.bufferFactory()
                        .wrap(Thread.currentThread().getName().getBytes(StandardCharsets.UTF_8)));
    }

    private <T> Flux<T> broken(T element) {
        return Flux.just(element).concatWith(Flux.error(new IllegalStateException("broken")));
    }

    @PostMapping("/upload")
    Mono<String> upload(@RequestPart("name") String name, @RequestPart("file") FilePart file) {
        return DataBufferUtils.join(file.content())
                .map(
                        content -> {
                            byte[] bytes = bytes(content);
                            return String.join(
                                    " ",
                                    name,
                                    file.filename(),
                                    "" + bytes.length,
                                    "" + Arrays.hashCode(bytes));
                        });
    }

    @PostMapping(path = "/echo", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    Flux<DataBuffer> echo(@RequestBody Flux<DataBuffer> body) {
        return body;
    }

    /** Takes one buffer, then none until the gate opens. */
    @PostMapping("/slow")
    Mono<String> slow(ServerHttpRequest request) {
        return request.getBody()
                .concatMap(
                        buffer -> {
                            int length = bytes(buffer).length;
                            taken.incrementAndGet();
                            return gate.asMono().thenReturn(length);
                        },
                        0)
                .reduce(0, Integer::sum)
                .map(Object::toString);
    }

    @GetMapping("/file")
    Resource file() {
        try {
            Path file = Files.createTempFile("fasterapi-download", ".bin");
            file.toFile().deleteOnExit();
            Files.write(file, fileContent());
            return new FileSystemResource(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
