package io.fasterapi.spring.webflux.compile.signatures;

import io.fasterapi.spring.webflux.compile.signatures.Generated.Broker;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Implements what was generated. */
@RestController
class BrokersEndpoints implements BrokersApi {

    @Override
    public Mono<ResponseEntity<Flux<Broker>>> getClusters(
            String cluster, ServerWebExchange exchange) {
        return Mono.just(
                ResponseEntity.ok(Flux.just(new Broker(9, cluster), new Broker(9, cluster))));
    }

    @Override
    public Mono<ResponseEntity<Flux<Broker>>> getBrokers(
            String cluster, ServerWebExchange exchange) {
        return Mono.just(
                ResponseEntity.ok(Flux.just(new Broker(9, cluster), new Broker(9, cluster))));
    }

    @Override
    public Mono<ResponseEntity<Broker>> getBrokersMetrics(
            String cluster, Integer id, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok(new Broker(9, cluster + "/" + id)));
    }

    @Override
    public Mono<ResponseEntity<Flux<Broker>>> getAllBrokersLogdirs(
            String cluster, @Nullable List<Integer> brokers, ServerWebExchange exchange) {
        return Mono.just(
                ResponseEntity.ok(
                        Flux.just(
                                new Broker(9, cluster + "/" + brokers),
                                new Broker(9, cluster + "/" + brokers))));
    }

    @Override
    public Mono<ResponseEntity<Void>> updateBrokerLogDir(
            String cluster, Integer id, Mono<Broker> broker, ServerWebExchange exchange) {
        return broker.map(some -> ResponseEntity.status(202).build());
    }

    @Override
    public Mono<ResponseEntity<Flux<Broker>>> getBrokerConfig(
            String cluster, Integer id, ServerWebExchange exchange) {
        return Mono.just(
                ResponseEntity.ok(
                        Flux.just(
                                new Broker(9, cluster + "/" + id),
                                new Broker(9, cluster + "/" + id))));
    }

    @Override
    public Mono<ResponseEntity<Void>> updateBrokerConfig(
            String cluster,
            Integer id,
            String name,
            Mono<Broker> broker,
            ServerWebExchange exchange) {
        return broker.map(some -> ResponseEntity.status(202).build());
    }

    @Override
    public Mono<ResponseEntity<Broker>> getConsumerGroups(
            String cluster, @Nullable Integer page, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok(new Broker(9, cluster + "/" + page)));
    }

    @Override
    public Mono<ResponseEntity<Broker>> getConsumerGroup(
            String cluster, Integer id, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok(new Broker(9, cluster + "/" + id)));
    }

    @Override
    public Mono<ResponseEntity<Void>> deleteConsumerGroup(
            String cluster, Integer id, ServerWebExchange exchange) {
        return Mono.just(ResponseEntity.ok().build());
    }

    @Override
    public Mono<ResponseEntity<Void>> resetOffsets(
            String cluster, Integer id, Mono<Broker> broker, ServerWebExchange exchange) {
        return broker.map(some -> ResponseEntity.status(202).build());
    }

    @Override
    public Mono<ResponseEntity<Flux<Broker>>> listAcls(
            String cluster, @Nullable Integer page, ServerWebExchange exchange) {
        return Mono.just(
                ResponseEntity.ok(
                        Flux.just(
                                new Broker(9, cluster + "/" + page),
                                new Broker(9, cluster + "/" + page))));
    }

    @Override
    public Mono<ResponseEntity<Void>> createAcl(
            String cluster, Mono<Broker> broker, ServerWebExchange exchange) {
        return broker.map(some -> ResponseEntity.status(202).build());
    }
}
