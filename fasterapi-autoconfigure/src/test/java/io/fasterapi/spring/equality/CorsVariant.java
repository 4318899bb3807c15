package io.fasterapi.spring.equality;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.config.CorsRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** CORS for the whole application, in three rules of which one forbids everybody. */
@Configuration(proxyBeanMethods = false)
class CorsVariant implements WebFluxConfigurer {

    @Override
    public void addCorsMappings(CorsRegistry registry) {
        registry.addMapping("/guarded/**").allowedOrigins("https://nobody.example");
        registry.addMapping("/users/**")
                .allowedOriginPatterns("https://*.example")
                .allowedMethods("GET")
                .allowPrivateNetwork(true);
        registry.addMapping("/**")
                .allowedOrigins("https://friend.example", "https://class.example")
                .allowedMethods("GET", "HEAD", "POST", "PUT")
                .allowedHeaders("X-Custom", "Content-Type")
                .exposedHeaders("X-Exposed")
                .allowCredentials(true)
                .maxAge(1800);
    }
}
