package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.webflux.compile.signatures.Generated.Connector;
import jakarta.validation.Valid;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** As the generator for OpenAPI writes it; one operation in one mapping. */
@Validated
@RequestMapping("/api/clusters/{cluster}")
interface ConnectorsApi {

    @RequestMapping(method = RequestMethod.GET, value = "/connects", produces = "application/json")
    Mono<ResponseEntity<Flux<Connector>>> getConnects(
            @PathVariable("cluster") String cluster, ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/connects/{name}/connectors",
            produces = "application/json")
    Mono<ResponseEntity<Flux<Connector>>> getConnectors(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.POST,
            value = "/connects/{name}/connectors",
            produces = "application/json",
            consumes = "application/json")
    Mono<ResponseEntity<Connector>> createConnector(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @Valid @RequestBody Mono<Connector> connector,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/connects/{name}/connectors/{id}",
            produces = "application/json")
    Mono<ResponseEntity<Connector>> getConnector(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @PathVariable("id") Integer id,
            ServerWebExchange exchange);

    @RequestMapping(method = RequestMethod.DELETE, value = "/connects/{name}/connectors/{id}")
    Mono<ResponseEntity<Void>> deleteConnector(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @PathVariable("id") Integer id,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/connects/{name}/connectors/{id}/config",
            produces = "application/json")
    Mono<ResponseEntity<Map<String, Object>>> getConnectorConfig(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @PathVariable("id") Integer id,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.PUT,
            value = "/connects/{name}/connectors/{id}/config",
            produces = "application/json",
            consumes = "application/json")
    Mono<ResponseEntity<Connector>> setConnectorConfig(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @PathVariable("id") Integer id,
            @Valid @RequestBody Mono<Connector> connector,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.POST,
            value = "/connects/{name}/connectors/{id}/action/{action}")
    Mono<ResponseEntity<Void>> updateConnectorState(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @PathVariable("id") Integer id,
            @PathVariable("action") String action,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/connects/{name}/connectors/{id}/tasks",
            produces = "application/json")
    Mono<ResponseEntity<Flux<Connector>>> getConnectorTasks(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @PathVariable("id") Integer id,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.POST,
            value = "/connects/{name}/connectors/{id}/tasks/{task}/action/restart")
    Mono<ResponseEntity<Void>> restartConnectorTask(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @PathVariable("id") Integer id,
            @PathVariable("task") Integer task,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/connects/{name}/plugins",
            produces = "application/json")
    Mono<ResponseEntity<Flux<Connector>>> getConnectorPlugins(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.PUT,
            value = "/connects/{name}/plugins/{id}/config/validate",
            produces = "application/json",
            consumes = "application/json")
    Mono<ResponseEntity<Connector>> validateConnectorPluginConfig(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @PathVariable("id") Integer id,
            @Valid @RequestBody Mono<Connector> connector,
            ServerWebExchange exchange);
}
