package io.fasterapi.spring.equality;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fasterapi.spring.equality.Payloads.Greeting;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseCookie;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Controller methods told apart by the status, headers and framing of their answer. */
@RestController
class ResponseEndpoints {

    private static final int MEGABYTE = 1 << 20;
    private static final Instant MODIFIED = Instant.parse("2026-01-01T00:00:00Z");

    @GetMapping("/probe")
    ResponseEntity<String> probe() {
        return ResponseEntity.ok().header("X-Probe", "answered").body("probe");
    }

    @GetMapping("/status/{code}")
    ResponseEntity<Void> status(@PathVariable int code) {
        return ResponseEntity.status(code).build();
    }

    @GetMapping("/status-body/{code}")
    ResponseEntity<String> statusBody(@PathVariable int code) {
        return ResponseEntity.status(code).body("status " + code);
    }

    @GetMapping("/response-headers")
    ResponseEntity<Greeting> headers() {
        return ResponseEntity.ok()
                .header("X-Many", "one", "two")
                .header("x-lower", "case")
                .header("X-Empty", "")
                .cacheControl(CacheControl.maxAge(1, TimeUnit.HOURS).cachePublic())
                .body(new Greeting("headers"));
    }

    @GetMapping("/redirect")
    ResponseEntity<Void> redirect() {
        return ResponseEntity.status(HttpStatus.FOUND).location(URI.create("/plain?x=1")).build();
    }

    @GetMapping("/created")
    ResponseEntity<Greeting> created() {
        return ResponseEntity.created(URI.create("/users/7")).body(new Greeting("created"));
    }

    @GetMapping("/etag")
    ResponseEntity<String> etag() {
        return ResponseEntity.ok().eTag("\"v1\"").lastModified(MODIFIED).body("tagged");
    }

    @GetMapping("/checked")
    String checked(ServerWebExchange exchange) {
        return exchange.checkNotModified("v2", MODIFIED) ? null : "checked";
    }

    @GetMapping("/connection-close")
    ResponseEntity<String> connectionClose() {
        return ResponseEntity.ok().header(HttpHeaders.CONNECTION, "close").body("bye");
    }

    @GetMapping("/own-names")
    ResponseEntity<String> ownNames() {
        return ResponseEntity.ok().header("Server", "Mine/1").header("Vary", "X-A").body("own");
    }

    /** Content-Length set by hand on a stream of two buffers. */
    @GetMapping("/length")
    Mono<Void> length(ServerWebExchange exchange) {
        ServerHttpResponse response = exchange.getResponse();
        response.getHeaders().setContentLength(10);
        return response.writeWith(
                Flux.just("01234", "56789").map(t -> response.bufferFactory().wrap(bytes(t))));
    }

    @GetMapping("/complete")
    Mono<Void> complete(ServerWebExchange exchange) {
        exchange.getResponse().setStatusCode(HttpStatus.ACCEPTED);
        return exchange.getResponse().setComplete();
    }

    @GetMapping("/large")
    byte[] large() {
        byte[] body = new byte[MEGABYTE];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) ('a' + i % 26);
        }
        return body;
    }

    @GetMapping("/large-text")
    String largeText() {
        return "0123456789abcdef".repeat(MEGABYTE / 16);
    }

    @GetMapping("/large-chunked")
    Flux<DataBuffer> largeChunked(ServerHttpResponse response) {
        byte[] piece = bytes("0123456789abcdef".repeat(1024));
        return Flux.range(0, 64).map(i -> response.bufferFactory().wrap(piece));
    }

    @GetMapping("/set-cookies")
    String setCookies(ServerHttpResponse response) {
        response.addCookie(
                ResponseCookie.from("full", "value")
                        .maxAge(Duration.ofHours(1))
                        .domain("example.org")
                        .path("/app")
                        .sameSite("Strict")
                        .httpOnly(true)
                        .secure(true)
                        .partitioned(true)
                        .build());
        response.addCookie(ResponseCookie.from("bare", "1").build());
        response.addCookie(ResponseCookie.from("gone", "").maxAge(0).path("/").build());
        return "cookies";
    }

    /** Counts in the session; the first answer sets the cookie. */
    @GetMapping("/session")
    String session(WebSession session) {
        int count = session.getAttributeOrDefault("count", 0) + 1;
        session.getAttributes().put("count", count);
        return "visit " + count;
    }

    @GetMapping("/session-end")
    Mono<String> sessionEnd(WebSession session) {
        return session.invalidate().thenReturn("ended");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
