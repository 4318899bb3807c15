package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.core.HandlerCores;
import io.fasterapi.spring.testing.OwnThreads;
import io.fasterapi.spring.testing.RunningApplication;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.context.reactive.AnnotationConfigReactiveWebApplicationContext;
import org.springframework.boot.web.context.servlet.AnnotationConfigServletWebApplicationContext;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where there is nothing to speed up, nothing starts, and one line says why. */
@ExtendWith(OutputCaptureExtension.class)
class SteppingAsideWiringTest {

    private static final String LINE = "FasterAPI is not active: ";

    /** What the code of an application may have asked for; it stays when we do not serve. */
    private static final Set<String> INJECTABLE =
            Set.of(
                    "fasterApiObjectPools",
                    "fasterApiJson",
                    "fasterApiBodyWriters",
                    "fasterApiBatchers",
                    "fasterApiMeters");

    /** What batch handlers need to answer as ever when we do not serve; they touch nothing else. */
    private static final Set<String> OF_BATCH_HANDLERS =
            Set.of(
                    "fasterApiReplacements",
                    "fasterApiCoresAside",
                    "fasterApiBatchRefusals",
                    "fasterApiRefusals");

    /** What the application's code may have asked of cores; no thread runs unless it has. */
    private static final Set<String> OF_CORES =
            Set.of("fasterApiHandlerCores", "fasterApiCoreScope", "fasterApiThreads");

    private OwnThreads threads;

    @BeforeEach
    void remember() {
        threads = new OwnThreads();
    }

    @Test
    void servletApplication(CapturedOutput output) {
        try (ConfigurableApplicationContext context = runServlet()) {
            assertOwnBeans(context, 1);
            threads.awaitNone();
        }
        assertOneLine(output, "this is a servlet application. To use FasterAPI, make");
    }

    @Test
    void servletApplicationThatDisabledUsIsToldNothing(CapturedOutput output) {
        try (ConfigurableApplicationContext context = runServlet("--fasterapi.enabled=false")) {
            assertOwnBeans(context, 0);
        }
        assertThat(output).doesNotContain(LINE);
    }

    @Test
    void foreignServer(CapturedOutput output) {
        try (RunningApplication application = RunningApplication.start(ForeignServer.class)) {
            assertOwnBeans(application.context(), 1);
            threads.awaitNone();
        }
        assertOneLine(output, "the web server is not Reactor Netty. To use FasterAPI, remove");
    }

    @Test
    void noWebApplication(CapturedOutput output) {
        try (ConfigurableApplicationContext context = run(WebApplicationType.NONE)) {
            assertOwnBeans(context, 0);
            threads.awaitNone();
        }
        assertThat(output).doesNotContain("FasterAPI");
    }

    /** As the test framework makes it for {@code @SpringBootTest}, which starts no server. */
    @Test
    void reactiveApplicationWithoutServer(CapturedOutput output) {
        SpringApplication application = new SpringApplication(NettyServer.class);
        application.setWebApplicationType(WebApplicationType.REACTIVE);
        application.setApplicationContextFactory(
                type -> new AnnotationConfigReactiveWebApplicationContext());
        application.setLogStartupInfo(false);
        try (ConfigurableApplicationContext context = application.run()) {
            assertThat(context.getBean(HandlerCores.class).cores())
                    .noneMatch(core -> core.isRunning());
            threads.awaitNone();
        }
        assertOneLine(output, "this application context runs no web server.");
    }

    @Test
    void disabled(CapturedOutput output) {
        try (RunningApplication application =
                RunningApplication.start(NettyServer.class, "fasterapi.enabled=false")) {
            assertOwnBeans(application.context(), 0);
            threads.awaitNone();
        }
        assertThat(output.getAll().lines().filter(line -> line.contains("FasterAPI")))
                .singleElement()
                .asString()
                .contains("FasterAPI is off (fasterapi.enabled=false)");
    }

    /** A servlet application but for the server, which is not on the class path. */
    private static ConfigurableApplicationContext runServlet(String... arguments) {
        return new SpringApplicationBuilder(NettyServer.class)
                .web(WebApplicationType.SERVLET)
                .contextFactory(type -> new AnnotationConfigServletWebApplicationContext())
                .logStartupInfo(false)
                .run(arguments);
    }

    private static ConfigurableApplicationContext run(WebApplicationType type) {
        return new SpringApplicationBuilder(NettyServer.class)
                .web(type)
                .logStartupInfo(false)
                .run();
    }

    /** Beans of ours other than those of these tests. */
    private static void assertOwnBeans(
            org.springframework.context.ApplicationContext context, int count) {
        assertThat(context.getBeanDefinitionNames())
                .filteredOn(name -> name.startsWith("fasterApi"))
                .filteredOn(name -> !INJECTABLE.contains(name))
                .filteredOn(name -> !OF_BATCH_HANDLERS.contains(name))
                .filteredOn(name -> !OF_CORES.contains(name))
                .hasSize(count);
        assertThat(context.getBeanProvider(HandlerCores.class))
                .allSatisfy(
                        cores ->
                                assertThat(cores.cores())
                                        .singleElement()
                                        .matches(core -> !core.isRunning()));
    }

    private static void assertOneLine(CapturedOutput output, String reason) {
        assertThat(output.getAll().lines().filter(line -> line.contains("FasterAPI")))
                .singleElement()
                .asString()
                .contains(LINE + reason);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class NettyServer {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class ForeignServer {

        @Bean
        ReactiveWebServerFactory silentServer() {
            return handler -> new SilentServer();
        }
    }

    /** A server that serves nobody. */
    private static final class SilentServer implements WebServer {

        @Override
        public void start() {}

        @Override
        public void stop() {}

        @Override
        public int getPort() {
            return 0;
        }
    }
}
