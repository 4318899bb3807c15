package io.fasterapi.autoconfigure;

import io.fasterapi.spring.server.ServerParts;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
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
        SmartInitializingSingleton fasterApiSteppingAside() {
            return say(
                    "this is a servlet application; FasterAPI speeds up WebFlux applications"
                            + " (spring-boot-starter-webflux as the only web starter)");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    @ConditionalOnMissingBean(ServerParts.class)
    static class OnForeignServer {

        @Bean
        SmartInitializingSingleton fasterApiSteppingAside() {
            return say(
                    "the ReactiveWebServerFactory is not Netty's; remove it, or the other server's"
                            + " starter, to use FasterAPI");
        }
    }

    private static SmartInitializingSingleton say(String reason) {
        return () ->
                LogFactory.getLog(SteppingAsideAutoConfiguration.class)
                        .info("FasterAPI steps aside: " + reason + ".");
    }
}
