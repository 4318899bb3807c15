package io.fasterapi.spring.webflux.route;

import io.fasterapi.http.FastRequest;
import io.fasterapi.http.FastResponse;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.FastRoutes;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Direct routes of every kind, beside a controller that does the same in WebFlux. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class RouteApplication {

    final AtomicInteger handled = new AtomicInteger();

    record Item(String itemName, int amount, @Nullable String remark) {}

    @Bean
    FastRoutes routes() {
        return FastRoutes.builder()
                .get("/text", (request, response) -> response.text("h\u00e9llo"))
                .get("/json", (request, response) -> response.json(new Item("pen", 3, null)))
                .get("/lane", RouteApplication::lane)
                .get("/inline", Placement.INLINE, RouteApplication::lane)
                .get("/guarded/{name}", this::guarded)
                .get("/items/{name}", RouteApplication::item)
                .get("/teapot", (request, response) -> teapot())
                .get("/broken", (request, response) -> broken())
                .get("/ended", this::ended)
                .get("/silent", (request, response) -> {})
                .get("/failed", (request, response) -> response.fail(teapotFailure()))
                .get("/late", RouteApplication::late)
                .get("/later-failed", RouteApplication::laterFailed)
                .get("/created", RouteApplication::created)
                .get("/empty", (request, response) -> response.status(204).end())
                .post("/items", (request, response) -> response.json(request.json(Item.class)))
                .post("/length", (request, response) -> response.text("" + request.body().length))
                .put("/items/{name}", (request, response) -> response.status(202).end())
                .delete("/items/{name}", (request, response) -> response.end())
                .build();
    }

    @GetMapping("/flux/json")
    Item json() {
        return new Item("pen", 3, null);
    }

    @GetMapping("/flux/teapot")
    String teapot() {
        throw teapotFailure();
    }

    @GetMapping("/flux/broken")
    String broken() {
        throw new IllegalStateException("broken on purpose");
    }

    @PostMapping("/flux/items")
    Item items(@RequestBody Item item) {
        return item;
    }

    @GetMapping("/webflux")
    String webFlux() {
        return "webflux";
    }

    @PostMapping("/text")
    String postedText() {
        return "posted to webflux";
    }

    private void ended(FastRequest request, FastResponse response) {
        response.text("ended");
        broken();
    }

    private void guarded(FastRequest request, FastResponse response) {
        handled.incrementAndGet();
        response.text("secret of " + request.pathVariable("name"));
    }

    private static ResponseStatusException teapotFailure() {
        return new ResponseStatusException(HttpStatus.I_AM_A_TEAPOT, "short and stout");
    }

    /** Says whether WebFlux is on the stack, and on which thread. */
    private static void lane(FastRequest request, FastResponse response) {
        boolean webFlux =
                Arrays.stream(new Throwable().getStackTrace())
                        .anyMatch(frame -> frame.getClassName().contains("FastRouteCalls"));
        response.text((webFlux ? "webflux " : "direct ") + Thread.currentThread().getName());
    }

    private static void item(FastRequest request, FastResponse response) {
        List<String> tags = request.queryParameters("tag");
        response.text(request.pathVariable("name") + " " + tags + " " + request.header("X-In"));
    }

    private static void late(FastRequest request, FastResponse response) {
        response.async();
        CompletableFuture.runAsync(() -> response.text("late"));
    }

    private static void laterFailed(FastRequest request, FastResponse response) {
        response.async();
        CompletableFuture.runAsync(() -> response.fail(teapotFailure()));
    }

    private static void created(FastRequest request, FastResponse response) {
        response.status(201)
                .header("Location", "/items/7")
                .addHeader("X-Part", "1")
                .addHeader("X-Part", "2")
                .bytes(new byte[] {1, 2, 3});
    }
}
