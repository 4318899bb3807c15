package io.fasterapi.samples.quickstart.compare;

import io.fasterapi.samples.quickstart.QuickstartApplication;
import java.util.Map;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.http.client.ReactorResourceFactory;

/** Starts the quickstart once more in this JVM, switched off: on loopback, on a port of its own. */
final class StockApplication {

    private static final Log LOGGER = LogFactory.getLog(StockApplication.class);

    private static final String ARGUMENTS = "commandLineArgs";

    private static final Map<String, Object> DIFFERENCES =
            Map.of(
                    "fasterapi.enabled", "false",
                    "server.address", "127.0.0.1",
                    "server.port", "0",
                    "server.shutdown", "immediate");

    private StockApplication() {}

    /** Starts it with the profiles and the arguments of this application. */
    static ConfigurableApplicationContext start(ConfigurableEnvironment own) {
        LOGGER.info(
                "Side by side: this application starts once more without FasterAPI, on loopback."
                        + " The next lines of this thread are its own.");
        SpringApplication application = new SpringApplication(QuickstartApplication.class);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false);
        application.setAdditionalProfiles(own.getActiveProfiles());
        // The logs of this JVM are set up already, and must not end with the second application.
        application.setListeners(
                application.getListeners().stream()
                        .filter(each -> !(each instanceof LoggingApplicationListener))
                        .toList());
        application.addInitializers(context -> adapt((GenericApplicationContext) context, own));
        return application.run();
    }

    private static void adapt(GenericApplicationContext context, ConfigurableEnvironment own) {
        MutablePropertySources sources = context.getEnvironment().getPropertySources();
        PropertySource<?> arguments = own.getPropertySources().get(ARGUMENTS);
        if (arguments != null) {
            sources.addFirst(arguments);
        }
        sources.addFirst(new MapPropertySource("sideBySide", DIFFERENCES));
        // As many event loops as Boot's own factory makes, but not shared with the whole JVM: they
        // end with the context.
        context.registerBean(
                ReactorResourceFactory.class,
                () -> {
                    ReactorResourceFactory loops = new ReactorResourceFactory();
                    loops.setUseGlobalResources(false);
                    return loops;
                });
    }
}
