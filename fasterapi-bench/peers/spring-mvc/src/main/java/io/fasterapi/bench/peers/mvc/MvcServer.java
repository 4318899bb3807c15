package io.fasterapi.bench.peers.mvc;

import io.fasterapi.bench.peers.shared.Settings;
import java.util.Arrays;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Spring MVC on Tomcat. Each request has a virtual thread of its own, on JDK 21 and newer. */
@SpringBootApplication(proxyBeanMethods = false)
public class MvcServer {

    /** The first argument is the port, the others are Spring's. */
    public static void main(String[] arguments) {
        Settings settings = Settings.of(arguments);
        SpringApplication application = new SpringApplication(MvcServer.class);
        application.setDefaultProperties(
                Map.of(
                        "server.port",
                        settings.port(),
                        "server.address",
                        "127.0.0.1",
                        "spring.threads.virtual.enabled",
                        true,
                        "spring.datasource.url",
                        settings.jdbcUrl(),
                        "spring.datasource.username",
                        Settings.DATABASE_USER,
                        "spring.datasource.hikari.maximum-pool-size",
                        Settings.CONNECTIONS));
        application.run(Arrays.copyOfRange(arguments, 1, arguments.length));
    }
}
