package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.webflux.compile.signatures.Generated.Broker;
import jakarta.validation.Valid;
import java.util.List;
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
interface BrokersApi {

    @RequestMapping(method = RequestMethod.GET, value = "/clusters", produces = "application/json")
    Mono<ResponseEntity<Flux<Broker>>> getClusters(
            @PathVariable("cluster") String cluster, ServerWebExchange exchange);

    @RequestMapping(method = RequestMethod.GET, value = "/brokers", produces = "application/json")
    Mono<ResponseEntity<Flux<Broker>>> getBrokers(
            @PathVariable("cluster") String cluster, ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/brokers/{id}/metrics",
            produces = "application/json")
    Mono<ResponseEntity<Broker>> getBrokersMetrics(
            @PathVariable("cluster") String cluster,
            @PathVariable("id") Integer id,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/brokers/logdirs",
            produces = "application/json")
    Mono<ResponseEntity<Flux<Broker>>> getAllBrokersLogdirs(
            @PathVariable("cluster") String cluster,
            @Valid @RequestParam(value = "brokers", required = false) List<Integer> brokers,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.PATCH,
            value = "/brokers/{id}/logdirs",
            consumes = "application/json")
    Mono<ResponseEntity<Void>> updateBrokerLogDir(
            @PathVariable("cluster") String cluster,
            @PathVariable("id") Integer id,
            @Valid @RequestBody Mono<Broker> broker,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/brokers/{id}/configs",
            produces = "application/json")
    Mono<ResponseEntity<Flux<Broker>>> getBrokerConfig(
            @PathVariable("cluster") String cluster,
            @PathVariable("id") Integer id,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.PUT,
            value = "/brokers/{id}/configs/{name}",
            consumes = "application/json")
    Mono<ResponseEntity<Void>> updateBrokerConfig(
            @PathVariable("cluster") String cluster,
            @PathVariable("id") Integer id,
            @PathVariable("name") String name,
            @Valid @RequestBody Mono<Broker> broker,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/consumer-groups/paged",
            produces = "application/json")
    Mono<ResponseEntity<Broker>> getConsumerGroups(
            @PathVariable("cluster") String cluster,
            @Valid @RequestParam(value = "page", required = false) Integer page,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/consumer-groups/{id}",
            produces = "application/json")
    Mono<ResponseEntity<Broker>> getConsumerGroup(
            @PathVariable("cluster") String cluster,
            @PathVariable("id") Integer id,
            ServerWebExchange exchange);

    @RequestMapping(method = RequestMethod.DELETE, value = "/consumer-groups/{id}")
    Mono<ResponseEntity<Void>> deleteConsumerGroup(
            @PathVariable("cluster") String cluster,
            @PathVariable("id") Integer id,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.POST,
            value = "/consumer-groups/{id}/offsets",
            consumes = "application/json")
    Mono<ResponseEntity<Void>> resetOffsets(
            @PathVariable("cluster") String cluster,
            @PathVariable("id") Integer id,
            @Valid @RequestBody Mono<Broker> broker,
            ServerWebExchange exchange);

    @RequestMapping(method = RequestMethod.GET, value = "/acls", produces = "application/json")
    Mono<ResponseEntity<Flux<Broker>>> listAcls(
            @PathVariable("cluster") String cluster,
            @Valid @RequestParam(value = "page", required = false) Integer page,
            ServerWebExchange exchange);

    @RequestMapping(method = RequestMethod.POST, value = "/acl", consumes = "application/json")
    Mono<ResponseEntity<Void>> createAcl(
            @PathVariable("cluster") String cluster,
            @Valid @RequestBody Mono<Broker> broker,
            ServerWebExchange exchange);
}
