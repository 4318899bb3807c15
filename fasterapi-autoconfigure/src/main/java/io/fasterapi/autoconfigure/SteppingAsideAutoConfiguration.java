package io.fasterapi.autoconfigure;

import io.fasterapi.spring.server.ServerThreads;
import org.apache.commons.logging.LogFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Says, once and in one line, why FasterAPI does nothing in an application. */
@AutoConfiguration(after = FasterApiAutoConfiguration.class)
@ConditionalOnBooleanProperty(name = "fasterapi.enabled", matchIfMissing = true)
public final class SteppingAsideAutoConfiguration {

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class OnServlet {

        @Bean
        SteppingAside fasterApiSteppingAside() {
            return new SteppingAside(
                    "this is a servlet application; FasterAPI speeds up WebFlux applications"
                            + " (spring-boot-starter-webflux as the only web starter)");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnMissingBean(ServerThreads.class)
    static class OnForeignServer {

        @Bean
        SteppingAside fasterApiSteppingAside() {
            return new SteppingAside(
                    "the ReactiveWebServerFactory is not Netty's; remove it, or the other server's"
                            + " starter, to use FasterAPI");
        }
    }

    /** Logs the reason when the context starts. */
    static final class SteppingAside implements SmartLifecycle {

        private final String reason;
        private volatile boolean running;

        SteppingAside(String reason) {
            this.reason = reason;
        }

        @Override
        public void start() {
            running = true;
            LogFactory.getLog(SteppingAsideAutoConfiguration.class)
                    .info("FasterAPI steps aside: " + reason + ".");
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}
