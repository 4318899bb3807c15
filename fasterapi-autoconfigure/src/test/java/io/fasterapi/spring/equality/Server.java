package io.fasterapi.spring.equality;

import io.fasterapi.spring.testing.RawConnection;
import io.fasterapi.spring.testing.RunningApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** One running application and what it answered so far: each case is played once. */
public final class Server implements AutoCloseable {

    private static final List<String> COMMON =
            List.of(
                    "server.port=0",
                    "server.shutdown=immediate",
                    "management.metrics.web.server.max-uri-tags=1000",
                    "spring.main.banner-mode=off",
                    "spring.main.log-startup-info=false",
                    "spring.http.codecs.max-in-memory-size=16KB",
                    "spring.webflux.multipart.max-in-memory-size=8KB",
                    "spring.webflux.multipart.max-headers-size=2KB",
                    "spring.webflux.multipart.max-disk-usage-per-part=32KB",
                    "spring.webflux.multipart.max-parts=4",
                    "spring.web.error.include-message=always",
                    "spring.web.resources.static-locations=classpath:/equality/static/",
                    "logging.level.org.springframework.boot.webflux.autoconfigure.error=off",
                    "logging.level.org.springframework.web.HttpLogging=off",
                    "logging.level.org.springframework.web.server.adapter=off",
                    "logging.level.org.springframework.web.reactive=error",
                    "logging.level.reactor.netty.http.server=off");

    private final ConfigurableApplicationContext context;
    private final Map<EqualityCase, Recording> recordings = new ConcurrentHashMap<>();

    private Server(ConfigurableApplicationContext context) {
        this.context = context;
        RunningApplication.awaitReady(context);
    }

    /** Starts an application with properties as {@code name=value}. */
    public static Server start(List<Class<?>> sources, List<String> properties) {
        List<String> all = new ArrayList<>(COMMON);
        all.addAll(properties);
        return new Server(
                new SpringApplicationBuilder(sources.toArray(Class<?>[]::new))
                        .web(WebApplicationType.REACTIVE)
                        .properties(all.toArray(String[]::new))
                        .run());
    }

    /** What it answers to a case. */
    public Recording answers(EqualityCase played) {
        return recordings.computeIfAbsent(played, this::play);
    }

    /** The classes of all beans that this project adds, this package aside. */
    public List<String> ownBeans() {
        List<String> beans = new ArrayList<>();
        for (String name : context.getBeanDefinitionNames()) {
            Class<?> type = context.getType(name, false);
            String typeName = type == null ? "" : type.getName();
            if (typeName.startsWith("io.fasterapi.")
                    && !typeName.startsWith(EqualityApplication.class.getPackageName())) {
                beans.add(typeName);
            }
        }
        return beans;
    }

    /** Its only bean of a type, or what the server has of it. */
    public <T> T bean(Class<T> type) {
        return RunningApplication.bean(context, type);
    }

    RawConnection connect() throws IOException {
        return new RawConnection(
                context.getEnvironment().getRequiredProperty("local.server.port", int.class));
    }

    private Recording play(EqualityCase played) {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", int.class);
        try {
            return RawExchange.play(played, port);
        } catch (IOException e) {
            throw new UncheckedIOException("case: " + played, e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
