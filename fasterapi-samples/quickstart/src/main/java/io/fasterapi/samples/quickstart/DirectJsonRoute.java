package io.fasterapi.samples.quickstart;

import io.fasterapi.route.FastRoutes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * Puts a direct route in front of the controller's {@code /json}, so that both can be measured
 * under the same path: run with {@code --spring.profiles.active=direct}.
 */
@Configuration(proxyBeanMethods = false)
@Profile("direct")
class DirectJsonRoute {

    @Bean
    FastRoutes directJson() {
        return FastRoutes.builder()
                .get("/json", (req, res) -> res.json(new Message("Hello, World!")))
                .build();
    }
}
