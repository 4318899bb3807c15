package io.fasterapi.spring.equality;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * The application that both sides run: every kind of mapping that WebFlux has. It knows nothing of
 * FasterAPI, scans nothing, and has no WebFilter ({@link FilterVariant} adds one).
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    ArgumentEndpoints.class,
    AsyncEndpoints.class,
    BodyEndpoints.class,
    FailingEndpoints.class,
    PartEndpoints.class,
    ResponseEndpoints.class,
    ResultEndpoints.class,
    Routes.class,
    ViewEndpoints.class
})
class EqualityApplication {}
