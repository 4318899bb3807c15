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
    AdvisedEndpoints.class,
    Advice.OfOne.class,
    Advice.OfAll.class,
    ArgumentEndpoints.class,
    AsyncEndpoints.class,
    BodyEndpoints.class,
    ConditionEndpoints.class,
    CrossEndpoints.class,
    DocumentEndpoints.class,
    EntityEndpoints.class,
    ExchangeEndpoints.class,
    FailingEndpoints.class,
    GuardedEndpoints.class,
    InheritedEndpoints.Implementation.class,
    InheritedEndpoints.Proxied.class,
    InheritedEndpoints.WithStatus.class,
    ModelEndpoints.class,
    OverlapEndpoints.class,
    OverlapRoutes.class,
    ParameterEndpoints.class,
    PartEndpoints.class,
    ReadingEndpoints.class,
    ResponseEndpoints.class,
    ResultEndpoints.class,
    Routes.class,
    ViewEndpoints.class,
    VisitEndpoints.class
})
public class EqualityApplication {}
