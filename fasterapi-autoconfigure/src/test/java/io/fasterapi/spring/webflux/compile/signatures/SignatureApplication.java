package io.fasterapi.spring.webflux.compile.signatures;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** All controllers of the table, as one application without a filter. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    AccountEndpoints.class,
    ArgumentsEndpoints.class,
    BrokersEndpoints.class,
    ConditionsEndpoints.class,
    ConnectorsEndpoints.class,
    CrudEndpoints.Alarms.class,
    CrudEndpoints.Devices.class,
    CrudEndpoints.Products.class,
    CrudEndpoints.Rules.class,
    PagedArguments.class,
    SchemasEndpoints.class,
    SteppedEndpoints.Bound.class,
    SteppedEndpoints.Failing.class,
    SteppedEndpoints.Modelled.class,
    SteppedEndpoints.Visited.class,
    TopicsEndpoints.class,
    WorkspaceEndpoints.class
})
class SignatureApplication {}
