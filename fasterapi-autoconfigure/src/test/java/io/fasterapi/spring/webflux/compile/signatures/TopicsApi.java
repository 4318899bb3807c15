package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.webflux.compile.signatures.Generated.Topic;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
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
interface TopicsApi {

    @RequestMapping(method = RequestMethod.GET, value = "/topics", produces = "application/json")
    Mono<ResponseEntity<Flux<Topic>>> getTopics(
            @PathVariable("cluster") String cluster,
            @Valid @RequestParam(value = "page", required = false) Integer page,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.POST,
            value = "/topics",
            produces = "application/json",
            consumes = "application/json")
    Mono<ResponseEntity<Topic>> createTopic(
            @PathVariable("cluster") String cluster,
            @Valid @RequestBody Mono<Topic> topic,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/topics/{name}",
            produces = "application/json")
    Mono<ResponseEntity<Topic>> getTopicDetails(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.PATCH,
            value = "/topics/{name}",
            produces = "application/json",
            consumes = "application/json")
    Mono<ResponseEntity<Topic>> updateTopic(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @Valid @RequestBody Mono<Topic> topic,
            ServerWebExchange exchange);

    @RequestMapping(method = RequestMethod.DELETE, value = "/topics/{name}")
    Mono<ResponseEntity<Void>> deleteTopic(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.POST,
            value = "/topics/{name}",
            produces = "application/json")
    Mono<ResponseEntity<Topic>> recreateTopic(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.POST,
            value = "/topics/{name}/clone",
            produces = "application/json")
    Mono<ResponseEntity<Topic>> cloneTopic(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @NotNull @Valid @RequestParam(value = "to") String to,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/topics/{name}/config",
            produces = "application/json")
    Mono<ResponseEntity<Flux<Topic>>> getTopicConfigs(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.PATCH,
            value = "/topics/{name}/partitions",
            produces = "application/json",
            consumes = "application/json")
    Mono<ResponseEntity<Topic>> increasePartitions(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            @Valid @RequestBody Mono<Topic> topic,
            ServerWebExchange exchange);

    @RequestMapping(method = RequestMethod.POST, value = "/topics/{name}/analysis")
    Mono<ResponseEntity<Void>> analyzeTopic(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            ServerWebExchange exchange);

    @RequestMapping(method = RequestMethod.DELETE, value = "/topics/{name}/analysis")
    Mono<ResponseEntity<Void>> cancelTopicAnalysis(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/topics/{name}/analysis",
            produces = "application/json")
    Mono<ResponseEntity<Topic>> getTopicAnalysis(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            ServerWebExchange exchange);

    @RequestMapping(
            method = RequestMethod.GET,
            value = "/topics/{name}/activeproducers",
            produces = "application/json")
    Mono<ResponseEntity<Flux<Topic>>> getActiveProducers(
            @PathVariable("cluster") String cluster,
            @PathVariable("name") String name,
            ServerWebExchange exchange);
}
