package io.fasterapi.autoconfigure;

import io.fasterapi.spring.client.ServerLoops;
import io.fasterapi.spring.server.Phase;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.http.client.autoconfigure.reactive.ClientHttpConnectorBuilderCustomizer;
import org.springframework.boot.http.client.reactive.ReactorClientHttpConnectorBuilder;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import reactor.netty.http.client.HttpClient;

/**
 * Auto-configuration of outgoing connections: the application's clients use the event loops of its
 * server. Pools and their limits stay what they are. It changes nothing where our server does not
 * run, or where a client has event loops that the application has chosen.
 */
@AutoConfiguration(after = NettyReactiveWebServerAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@ConditionalOnClass({NettyReactiveWebServerFactory.class, HttpClient.class})
@ConditionalOnBooleanProperty(
        name = {"fasterapi.enabled", "fasterapi.io.clients"},
        matchIfMissing = true)
@ConditionalOnBean(NettyReactiveWebServerFactory.class)
public final class OutgoingConnectionsAutoConfiguration {

    /** The phase in which Spring stops the event loops of its clients. */
    private static final int OF_CLIENTS = 0;

    @Bean
    ServerLoops fasterApiServerLoops() {
        return new ServerLoops();
    }

    /** Event loops that clients use stop with the clients, not with the server. */
    @Bean
    Phase fasterApiOutgoingConnections(ServerLoops loops) {
        return new Phase(OF_CLIENTS, () -> {}, loops::stop, () -> {});
    }

    /** Beans that are clients, Spring Cloud Gateway's among them. */
    @Bean
    static BeanPostProcessor fasterApiHttpClients(ObjectProvider<ServerLoops> loops) {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof HttpClient client ? loops.getObject().of(client) : bean;
            }
        };
    }

    /** What Spring Boot builds its web clients with. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ClientHttpConnectorBuilderCustomizer.class)
    static class WebClients {

        /** Just after Boot's own customizer, so that the application's customizers win. */
        @Bean
        @Order(1)
        ClientHttpConnectorBuilderCustomizer<ReactorClientHttpConnectorBuilder>
                fasterApiWebClientCustomizer(ServerLoops loops) {
            return builder -> builder.withHttpClientCustomizer(loops::of);
        }
    }
}
