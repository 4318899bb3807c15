package io.fasterapi.autoconfigure;

import io.fasterapi.spring.server.ServerParts;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.context.reactive.ReactiveWebApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** Logs in one line why FasterAPI does nothing in this application. */
@AutoConfiguration(after = FasterApiAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "fasterapi.enabled", matchIfMissing = true)
@ConditionalOnWebApplication
@ConditionalOnMissingBean(ServerParts.class)
public final class SteppingAsideAutoConfiguration {

    private static final String SERVLET =
            "this is a servlet application. To use FasterAPI, make"
                    + " spring-boot-starter-webflux the only web starter";

    private static final String FOREIGN_SERVER =
            "the web server is not Reactor Netty. To use FasterAPI, remove the other"
                    + " server's starter, or your own ReactiveWebServerFactory";

    @Bean
    SmartInitializingSingleton fasterApiSteppingAside(ApplicationContext context) {
        boolean reactive = context instanceof ReactiveWebApplicationContext;
        return () ->
                LogFactory.getLog(SteppingAsideAutoConfiguration.class)
                        .info(
                                "FasterAPI is not active: "
                                        + (reactive ? FOREIGN_SERVER : SERVLET)
                                        + ".");
    }
}
