package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.webflux.compile.signatures.Generated.Connector;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Implements what was generated. */
@RestController
class ConnectorsEndpoints implements ConnectorsApi {

    @Override
    public Mono<ResponseEntity<Flux<Connector>>> getConnects(
            String cluster, ServerWebExchange exchange) {
        return Mono.just(
                ResponseEntity.ok(
                        Flux.just(
                                new Connector(cluster, "RUNNING"),
                                new Connector(cluster, "RUNNING"))));
    }

    @Override
    public Mono<ResponseEntity<Flux<Connector>>> getConnectors(
            String cluster, String name, ServerWebExchange exchange) {
        return Mono.just(
                ResponseEntity.ok(
                        Flux.just(
                                new Connector(cluster + "/" + name, "RUNNING"),
                                new Connector(cluster + "/" + name, "RUNNING"))));
    }

    @Override
    public Mono<ResponseEntity<Connector>> createConnector(
            String cluster, String name, Mono<Connector> connector, ServerWebExchange exchange) {
        return connector.map(ResponseEntity.status(201)::body);
    }

    @Override
    public Mono<ResponseEntity<Connector>> getConnector(
            String cluster, String name, Integer id, ServerWebExchange exchange) {
        return Mono.just(
                ResponseEntity.ok(new Connector(cluster + "/" + name + "/" + id, "RUNNING")));
    }

    @Override
    public Mono<ResponseEntity<Void>> deleteConnector(
            String cluster, String name, Integer id, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok().build());
    }

    @Override
    public Mono<ResponseEntity<Map<String, Object>>> getConnectorConfig(
            String cluster, String name, Integer id, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok(Map.of("of", cluster + "/" + name + "/" + id)));
    }

    @Override
    public Mono<ResponseEntity<Connector>> setConnectorConfig(
            String cluster,
            String name,
            Integer id,
            Mono<Connector> connector,
            ServerWebExchange exchange) {
        return connector.map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<Void>> updateConnectorState(
            String cluster, String name, Integer id, String action, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok().build());
    }

    @Override
    public Mono<ResponseEntity<Flux<Connector>>> getConnectorTasks(
            String cluster, String name, Integer id, ServerWebExchange exchange) {
        return Mono.just(
                ResponseEntity.ok(
                        Flux.just(
                                new Connector(cluster + "/" + name + "/" + id, "RUNNING"),
                                new Connector(cluster + "/" + name + "/" + id, "RUNNING"))));
    }

    @Override
    public Mono<ResponseEntity<Void>> restartConnectorTask(
            String cluster, String name, Integer id, Integer task, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok().build());
    }

    @Override
    public Mono<ResponseEntity<Flux<Connector>>> getConnectorPlugins(
            String cluster, String name, ServerWebExchange exchange) {
        return Mono.just(
                ResponseEntity.ok(
                        Flux.just(
                                new Connector(cluster + "/" + name, "RUNNING"),
                                new Connector(cluster + "/" + name, "RUNNING"))));
    }

    @Override
    public Mono<ResponseEntity<Connector>> validateConnectorPluginConfig(
            String cluster,
            String name,
            Integer id,
            Mono<Connector> connector,
            ServerWebExchange exchange) {
        return connector.map(ResponseEntity::ok);
    }
}
