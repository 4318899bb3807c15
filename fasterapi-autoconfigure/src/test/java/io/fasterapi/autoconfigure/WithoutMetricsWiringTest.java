package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.http.JsonCodec;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;

/** Micrometer, actuator and Jackson are optional. */
class WithoutMetricsWiringTest {

    private static final Pattern METRICS =
            Pattern.compile(
                    "(micrometer-(core|registry|tracing)|prometheus-|spring-boot-(starter-)?"
                            + "(actuator|health|micrometer)).*");

    @Test
    void conditionsHoldWithoutMicrometerAndActuator() {
        runner().withClassLoader(
                        new FilteredClassLoader(
                                "io.micrometer.core",
                                "org.springframework.boot.actuate",
                                "org.springframework.boot.health",
                                "org.springframework.boot.micrometer"))
                .run(
                        context ->
                                assertThat(context)
                                        .hasNotFailed()
                                        .doesNotHaveBean("fasterApiMeters")
                                        .doesNotHaveBean("fasterApiEndpoint")
                                        .hasBean("fasterApiServer"));
    }

    @Test
    void conditionsHoldWithoutJackson() {
        runner().withClassLoader(new FilteredClassLoader("tools.jackson"))
                .run(
                        context ->
                                assertThat(context)
                                        .hasNotFailed()
                                        .getBean(JsonCodec.class)
                                        .isInstanceOf(NoJsonCodec.class));
    }

    private static ReactiveWebApplicationContextRunner runner() {
        return new ReactiveWebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(
                                WebFluxAutoConfiguration.class,
                                HttpHandlerAutoConfiguration.class,
                                NettyReactiveWebServerAutoConfiguration.class,
                                FasterApiAutoConfiguration.class,
                                LibraryAutoConfiguration.class,
                                SteppingAsideAutoConfiguration.class));
    }

    /** The whole application, in a class loader that has the jars of this test but for those. */
    @Test
    @SuppressWarnings("unchecked")
    void servesWithoutTheirJars() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = withoutMetrics()) {
            thread.setContextClassLoader(loader);
            Callable<String> visit =
                    (Callable<String>)
                            loader.loadClass(VisitWithoutMetrics.class.getName())
                                    .getDeclaredConstructor()
                                    .newInstance();
            assertThat(visit.call()).isEqualTo("{\"name\":\"direct\"} webflux");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URLClassLoader withoutMetrics() throws IOException {
        List<URL> kept = new ArrayList<>();
        int left = 0;
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (METRICS.matcher(path.getFileName().toString()).matches()) {
                left++;
            } else {
                kept.add(path.toUri().toURL());
            }
        }
        assertThat(left).isGreaterThanOrEqualTo(5);
        return new URLClassLoader(kept.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }
}
