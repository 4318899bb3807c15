package io.fasterapi.samples.quickstart.compare;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Compares this application with a stock one, for the page: a few paths, a few thousand requests,
 * one run at a time, and for callers on this machine alone.
 */
@RestController
class SideBySideController {

    static final List<String> PATHS = List.of("/json", "/plaintext", "/users/1", "/hello/Ada");

    static final List<Integer> COUNTS = List.of(2_000, 5_000, 10_000);

    private final SideBySide sideBySide;
    private final Environment environment;

    SideBySideController(SideBySide sideBySide, Environment environment) {
        this.sideBySide = sideBySide;
        this.environment = environment;
    }

    /**
     * What can be compared.
     *
     * @param paths the paths
     * @param counts the numbers of requests
     */
    record Choices(List<String> paths, List<Integer> counts) {}

    /**
     * What to compare.
     *
     * @param path one of the paths
     * @param count one of the numbers of requests
     */
    record Wish(String path, int count) {}

    @GetMapping("/side-by-side")
    Choices choices() {
        return new Choices(PATHS, COUNTS);
    }

    @PostMapping("/side-by-side")
    Mono<SideBySideResult> compare(@RequestBody Wish wish, ServerHttpRequest request) {
        check(wish, request.getRemoteAddress());
        return Mono.fromCallable(() -> sideBySide.run(own(), wish.path(), wish.count()))
                .subscribeOn(Schedulers.boundedElastic()); // it blocks, for some seconds
    }

    private void check(Wish wish, @Nullable InetSocketAddress caller) {
        InetAddress address = caller == null ? null : caller.getAddress();
        if (address == null || !address.isLoopbackAddress()) {
            throw new ResponseStatusException(
                    HttpStatus.FORBIDDEN,
                    "A comparison takes the whole machine. Only callers on it may start one.");
        }
        if (!PATHS.contains(wish.path()) || !COUNTS.contains(wish.count())) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST,
                    "path: one of " + PATHS + " is expected; count: one of " + COUNTS);
        }
        if (!environment.getProperty("fasterapi.enabled", Boolean.class, true)) {
            throw new ResponseStatusException(
                    HttpStatus.CONFLICT,
                    "FasterAPI is off (fasterapi.enabled=false). Start the application without"
                            + " this setting to compare.");
        }
        if (!ServerCpu.isSupported()) {
            throw new ResponseStatusException(
                    HttpStatus.NOT_IMPLEMENTED,
                    "This JVM does not measure the CPU time of threads. Use another one.");
        }
    }

    private InetSocketAddress own() {
        return new InetSocketAddress(
                environment.getProperty("server.address", "127.0.0.1"),
                environment.getRequiredProperty("local.server.port", Integer.class));
    }
}
