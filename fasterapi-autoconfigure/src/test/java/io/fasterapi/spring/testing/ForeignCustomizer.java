package io.fasterapi.spring.testing;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A customizer of the application's own. */
@Configuration(proxyBeanMethods = false)
public class ForeignCustomizer {

    @Bean
    NettyServerCustomizer customizer() {
        return server -> server;
    }
}
