package io.fasterapi.spring.client;

import io.netty.channel.EventLoop;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.channel.ChannelOperations;

/** Calls an upstream with the client that Spring Boot has configured. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class RelayingApplication {

    /** Answers that came on the event loop of their request, and others. */
    final AtomicInteger same = new AtomicInteger();

    final AtomicInteger other = new AtomicInteger();
    private final WebClient client;

    RelayingApplication(ClientHttpConnector connector, @Value("${upstream}") String url) {
        client = WebClient.builder().clientConnector(connector).baseUrl(url).build();
    }

    @GetMapping("/whole/{what}")
    Mono<byte[]> whole(@PathVariable String what, ServerHttpResponse response) {
        EventLoop loop = loopOf(response);
        return client.get()
                .uri("/" + what)
                .retrieve()
                .bodyToMono(byte[].class)
                .doOnNext(body -> (loop.inEventLoop() ? same : other).incrementAndGet());
    }

    @GetMapping("/stream/{what}")
    Flux<DataBuffer> stream(@PathVariable String what) {
        return client.get().uri("/" + what).retrieve().bodyToFlux(DataBuffer.class);
    }

    @GetMapping(path = "/events/{what}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<String> events(@PathVariable String what) {
        return client.get().uri("/" + what).retrieve().bodyToFlux(String.class);
    }

    @GetMapping("/thread")
    Mono<String> thread() {
        return client.get()
                .uri("/small")
                .retrieve()
                .toBodilessEntity()
                .map(done -> Thread.currentThread().getName());
    }

    private static EventLoop loopOf(ServerHttpResponse response) {
        ChannelOperations<?, ?> operations =
                ServerHttpResponseDecorator.getNativeResponse(response);
        return operations.channel().eventLoop();
    }
}
