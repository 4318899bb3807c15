package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.webflux.compile.signatures.Generated.Topic;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Implements what was generated. */
@RestController
class TopicsEndpoints implements TopicsApi {

    @Override
    public Mono<ResponseEntity<Flux<Topic>>> getTopics(
            String cluster, @Nullable Integer page, ServerWebExchange exchange) {
        return Mono.just(
                ResponseEntity.ok(
                        Flux.just(
                                new Topic(cluster + "/" + page, 3),
                                new Topic(cluster + "/" + page, 3))));
    }

    @Override
    public Mono<ResponseEntity<Topic>> createTopic(
            String cluster, Mono<Topic> topic, ServerWebExchange exchange) {
        return topic.map(ResponseEntity.status(201)::body);
    }

    @Override
    public Mono<ResponseEntity<Topic>> getTopicDetails(
            String cluster, String name, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok(new Topic(cluster + "/" + name, 3)));
    }

    @Override
    public Mono<ResponseEntity<Topic>> updateTopic(
            String cluster, String name, Mono<Topic> topic, ServerWebExchange exchange) {
        return topic.map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<Void>> deleteTopic(
            String cluster, String name, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok().build());
    }

    @Override
    public Mono<ResponseEntity<Topic>> recreateTopic(
            String cluster, String name, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok(new Topic(cluster + "/" + name, 3)));
    }

    @Override
    public Mono<ResponseEntity<Topic>> cloneTopic(
            String cluster, String name, String to, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok(new Topic(cluster + "/" + name + "/" + to, 3)));
    }

    @Override
    public Mono<ResponseEntity<Flux<Topic>>> getTopicConfigs(
            String cluster, String name, ServerWebExchange exchange) {
        return Mono.just(
                ResponseEntity.ok(
                        Flux.just(
                                new Topic(cluster + "/" + name, 3),
                                new Topic(cluster + "/" + name, 3))));
    }

    @Override
    public Mono<ResponseEntity<Topic>> increasePartitions(
            String cluster, String name, Mono<Topic> topic, ServerWebExchange exchange) {
        return topic.map(ResponseEntity::ok);
    }

    @Override
    public Mono<ResponseEntity<Void>> analyzeTopic(
            String cluster, String name, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok().build());
    }

    @Override
    public Mono<ResponseEntity<Void>> cancelTopicAnalysis(
            String cluster, String name, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok().build());
    }

    @Override
    public Mono<ResponseEntity<Topic>> getTopicAnalysis(
            String cluster, String name, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok(new Topic(cluster + "/" + name, 3)));
    }

    @Override
    public Mono<ResponseEntity<Flux<Topic>>> getActiveProducers(
            String cluster, String name, ServerWebExchange exchange) {
        return Mono.just(
                ResponseEntity.ok(
                        Flux.just(
                                new Topic(cluster + "/" + name, 3),
                                new Topic(cluster + "/" + name, 3))));
    }
}
