package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.webflux.compile.signatures.Generated.Schema;
import jakarta.validation.Valid;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** As the generator for OpenAPI writes it; one operation in one mapping. */
@Validated
@RequestMapping("/api/clusters/{cluster}")
interface SchemasApi {

    @RequestMapping(method = RequestMethod.GET, value = "/schemas", produces = "application/json")
    Mono<ResponseEntity<Flux<Schema>>> getSchemas(
            @PathVariable("cluster") String cluster,
            @Valid @RequestParam(value = "page", required = false) Integer page,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.POST,
            value = "/schemas",
            produces = "application/json",
            consumes = "application/json")
    Mono<ResponseEntity<Schema>> createNewSchema(
            @PathVariable("cluster") String cluster,
            @Valid @RequestBody Mono<Schema> schema,
            ServerWebExchange exchange);

    @RequestMapping(method = RequestMethod.DELETE, value = "/schemas/{name}")
    Mono<ResponseEntity<Void>> deleteSchema(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/schemas/{name}/versions",
            produces = "application/json")
    Mono<ResponseEntity<Flux<Schema>>> getAllVersions(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/schemas/{name}/latest",
            produces = "application/json")
    Mono<ResponseEntity<Schema>> getLatestSchema(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            ServerWebExchange exchange);

    @RequestMapping(method = RequestMethod.DELETE, value = "/schemas/{name}/latest")
    Mono<ResponseEntity<Void>> deleteLatestSchema(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/schemas/{name}/versions/{id}",
            produces = "application/json")
    Mono<ResponseEntity<Schema>> getSchemaByVersion(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @PathVariable("id") Integer id,
            ServerWebExchange exchange);

    @RequestMapping(method = RequestMethod.DELETE, value = "/schemas/{name}/versions/{id}")
    Mono<ResponseEntity<Void>> deleteSchemaByVersion(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @PathVariable("id") Integer id,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/schemas/compatibility",
            produces = "application/json")
    Mono<ResponseEntity<Map<String, Object>>> getGlobalCompatibility(
            @PathVariable("cluster") String cluster, ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.PUT,
            value = "/schemas/compatibility",
            consumes = "application/json")
    Mono<ResponseEntity<Void>> updateGlobalCompatibility(
            @PathVariable("cluster") String cluster,
            @Valid @RequestBody Mono<Schema> schema,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.PUT,
            value = "/schemas/{name}/compatibility",
            consumes = "application/json")
    Mono<ResponseEntity<Void>> updateCompatibility(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @Valid @RequestBody Mono<Schema> schema,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.POST,
            value = "/schemas/{name}/check",
            produces = "application/json",
            consumes = "application/json")
    Mono<ResponseEntity<Schema>> checkCompatibility(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @Valid @RequestBody Mono<Schema> schema,
            ServerWebExchange exchange);
}
