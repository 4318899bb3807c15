package io.fasterapi.spring.webflux.route;

import io.fasterapi.codec.BodyWriter;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.http.ConstantBody;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.FastResponse;
import io.fasterapi.route.FastRoutes;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/** Direct routes that answer by every kind of writer; two of the writers are its own. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class WriterApplication {

    record Point(int x, int y) {}

    /** Points as text. */
    static class PointWriter implements BodyWriter<Point> {

        @Override
        public boolean supports(Class<?> type) {
            return type == Point.class;
        }

        @Override
        public CharSequence contentType() {
            return "text/x-point";
        }

        @Override
        public void write(Point value, ByteBuf target) {
            target.writeCharSequence(value.x() + "/" + value.y(), StandardCharsets.US_ASCII);
            if (value.x() < 0) {
                throw new IllegalArgumentException("x: " + value.x() + " (expected: >= 0)");
            }
        }
    }

    @Bean
    @Order(2)
    BodyWriter<Point> points() {
        return new PointWriter();
    }

    @Bean
    @Order(1)
    BodyWriter<Number> numbers() {
        return new BodyWriter<>() {

            @Override
            public boolean supports(Class<?> type) {
                return Number.class.isAssignableFrom(type);
            }

            @Override
            public CharSequence contentType() {
                return "text/x-number";
            }

            @Override
            public void write(Number value, ByteBuf target) {
                target.writeCharSequence("number " + value, StandardCharsets.US_ASCII);
            }
        };
    }

    @Bean
    FastRoutes routes(BodyWriters writers, Environment environment) {
        Path folder = Path.of(environment.getRequiredProperty("test.folder"));
        ConstantBody constant = writers.constant(List.of(1, 2, 3));
        return FastRoutes.builder()
                .get("/point", (request, response) -> response.write(new Point(3, 4)))
                .get("/bad", (request, response) -> response.write(new Point(-3, 4)))
                .get("/point.json", (request, response) -> response.json(new Point(3, 4)))
                .get("/number", (request, response) -> response.write(42L))
                .get("/text", (request, response) -> response.write("Grüße"))
                .get("/list", (request, response) -> response.write(List.of("a", "b")))
                .get("/large", (request, response) -> response.json("x".repeat(200_000)))
                .get("/constant", (request, response) -> response.constant(constant))
                .get("/lane", (request, response) -> response.text(lane()))
                .get("/late", WriterApplication::late)
                .get("/files/{name}", (request, response) -> file(folder, request, response))
                .build();
    }

    private static void file(Path folder, FastRequest request, FastResponse response) {
        response.file(folder.resolve(request.pathVariable("name")));
    }

    private static void late(FastRequest request, FastResponse response) {
        response.async();
        CompletableFuture.runAsync(() -> response.write(new Point(5, 6)));
    }

    private static String lane() {
        return StackWalker.getInstance()
                .walk(
                        frames ->
                                frames.anyMatch(
                                                frame ->
                                                        frame.getClassName()
                                                                .contains("FastRouteCalls"))
                                        ? "webflux"
                                        : "direct");
    }
}
