package io.fasterapi.spring.testing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.spring.server.ServerParts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A reactive application on a port of its own. Thread-safe. */
public final class RunningApplication implements AutoCloseable {

    private static final List<String> COMMON =
            List.of(
                    "server.port=0",
                    "spring.main.banner-mode=off",
                    "fasterapi.placement.default=core", // a test of another placement says so
                    "spring.main.log-startup-info=false",
                    "logging.level.org.springframework.boot.webflux.autoconfigure.error=off",
                    "logging.level.io.fasterapi.netty=off");

    private final ConfigurableApplicationContext context;

    private RunningApplication(ConfigurableApplicationContext context) {
        this.context = context;
        awaitReady(context);
    }

    /** Waits until controllers are compiled and placements are read, if a server of ours runs. */
    public static void awaitReady(ApplicationContext context) {
        context.getBeanProvider(ServerParts.class)
                .ifAvailable(
                        parts -> {
                            parts.controllers().awaitCompiled();
                            try {
                                parts.requestPlacements().awaitRead();
                            } catch (InterruptedException ex) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    /** Starts an application of one class, with properties as {@code name=value}. */
    public static RunningApplication start(Class<?> source, String... properties) {
        return start(List.of(source), properties);
    }

    /** Starts an application. */
    public static RunningApplication start(List<Class<?>> sources, String... properties) {
        List<String> all = new ArrayList<>(COMMON);
        all.addAll(List.of(properties));
        return new RunningApplication(
                new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                        .web(WebApplicationType.REACTIVE)
                        .properties(all.toArray(String[]::new))
                        .run());
    }

    /** Starts an application of one class, whose context has a parent. */
    public static RunningApplication startUnder(Class<?> parent, Class<?> source) {
        return new RunningApplication(
                new SpringApplicationBuilder(parent)
                        .web(WebApplicationType.NONE)
                        .child(source)
                        .web(WebApplicationType.REACTIVE)
                        .properties(COMMON.toArray(String[]::new))
                        .run());
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    /** Returns the only bean of a type, or what the server has of it. */
    public <T> T bean(Class<T> type) {
        return bean(context, type);
    }

    /** Returns the only bean of a type, or what the server of a context has of it. */
    public static <T> T bean(ApplicationContext context, Class<T> type) {
        T bean = context.getBeanProvider(type).getIfAvailable();
        return bean == null ? part(context.getBean(ServerParts.class), type) : bean;
    }

    private static <T> T part(ServerParts parts, Class<T> type) {
        return Stream.of(
                        parts.workers().admission().limiter(),
                        parts.placements(),
                        parts.controllers(),
                        parts.frontDoor(),
                        parts.connections(),
                        parts.routes())
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    public int port() {
        return port("local.server.port");
    }

    /** Returns the port that an environment property names. */
    public int port(String property) {
        return context.getEnvironment().getRequiredProperty(property, int.class);
    }

    public RawConnection connect() throws IOException {
        return new RawConnection(port());
    }

    /** Sends one request on a connection of its own. */
    public Answer exchange(String request) throws IOException {
        try (RawConnection connection = connect()) {
            return connection.exchange(request);
        }
    }

    public Answer get(String target) throws IOException {
        return exchange(RawConnection.request("GET", target));
    }

    /** Returns how many requests have crossed a ring. */
    public long published() {
        return bean(HandlerCores.class).cores().stream().mapToLong(HandlerCore::published).sum();
    }

    /** Waits until no exchange is under way and every slot of every ring is free. */
    public void awaitIdle() {
        await().atMost(20, SECONDS).until(() -> bean(ConcurrencyLimiter.class).count() == 0);
        for (HandlerCore core : bean(HandlerCores.class).cores()) {
            await().atMost(20, SECONDS).until(() -> core.remaining() == core.capacity());
        }
    }

    /**
     * Sends requests in turn on several connections, which the server has spread over its event
     * loops; each must be answered with 200.
     */
    public void spread(String target, int connections, int rounds) throws IOException {
        List<RawConnection> open = new ArrayList<>();
        try {
            for (int i = 0; i < connections; i++) {
                open.add(connect());
            }
            for (int round = 0; round < rounds; round++) {
                for (RawConnection connection : open) {
                    String request = RawConnection.request("GET", target);
                    assertThat(connection.exchange(request).status()).isEqualTo(200);
                }
            }
        } finally {
            for (RawConnection connection : open) {
                connection.close();
            }
        }
    }

    @Override
    public void close() {
        context.close();
        if (context.getParent() instanceof ConfigurableApplicationContext parent) {
            parent.close();
        }
    }
}
