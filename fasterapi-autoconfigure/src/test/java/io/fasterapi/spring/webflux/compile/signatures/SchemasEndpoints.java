package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.webflux.compile.signatures.Generated.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Implements what was generated. */
@RestController
class SchemasEndpoints implements SchemasApi {

    @Override
    public Mono<ResponseEntity<Flux<Schema>>> getSchemas(
            String cluster, @Nullable Integer page, ServerWebExchange exchange) {
        return Mono.just(
                ResponseEntity.ok(
                        Flux.just(
                                new Schema(cluster + "/" + page, 1),
                                new Schema(cluster + "/" + page, 1))));
    }

    @Override
    public Mono<ResponseEntity<Schema>> createNewSchema(
            String cluster, Mono<Schema> schema, ServerWebExchange exchange) {
        return schema.map(ResponseEntity.status(201)::body);
    }

    @Override
    public Mono<ResponseEntity<Void>> deleteSchema(
            String cluster, String name, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok().build());
    }

    @Override
    public Mono<ResponseEntity<Flux<Schema>>> getAllVersions(
            String cluster, String name, ServerWebExchange exchange) {
        return Mono.just(
                ResponseEntity.ok(
                        Flux.just(
                                new Schema(cluster + "/" + name, 1),
                                new Schema(cluster + "/" + name, 1))));
    }

    @Override
    public Mono<ResponseEntity<Schema>> getLatestSchema(
            String cluster, String name, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok(new Schema(cluster + "/" + name, 1)));
    }

    @Override
    public Mono<ResponseEntity<Void>> deleteLatestSchema(
            String cluster, String name, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok().build());
    }

    @Override
    public Mono<ResponseEntity<Schema>> getSchemaByVersion(
            String cluster, String name, Integer id, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok(new Schema(cluster + "/" + name + "/" + id, 1)));
    }

    @Override
    public Mono<ResponseEntity<Void>> deleteSchemaByVersion(
            String cluster, String name, Integer id, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok().build());
    }

    @Override
    public Mono<ResponseEntity<Map<String, Object>>> getGlobalCompatibility(
            String cluster, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok(Map.of("of", cluster)));
    }

    @Override
    public Mono<ResponseEntity<Void>> updateGlobalCompatibility(
            String cluster, Mono<Schema> schema, ServerWebExchange exchange) {
        return schema.map(some -> ResponseEntity.status(202).build());
    }

    @Override
    public Mono<ResponseEntity<Void>> updateCompatibility(
            String cluster, String name, Mono<Schema> schema, ServerWebExchange exchange) {
        return schema.map(some -> ResponseEntity.status(202).build());
    }

    @Override
    public Mono<ResponseEntity<Schema>> checkCompatibility(
            String cluster, String name, Mono<Schema> schema, ServerWebExchange exchange) {
        return schema.map(ResponseEntity::ok);
    }
}
