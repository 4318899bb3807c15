package io.fasterapi.autoconfigure;

import io.fasterapi.batch.BatchWorkers;
import io.fasterapi.batch.Batchers;
import io.fasterapi.cores.HandlerCores;
import io.fasterapi.cores.ThreadWorkers;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.metrics.BatchMeters;
import io.fasterapi.metrics.PoolMeters;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.pool.ObjectPools;
import io.fasterapi.pool.PoolCapacity;
import io.fasterapi.spring.webflux.batch.BatchRefusals;
import io.fasterapi.spring.webflux.batch.BatchRoutes;
import io.fasterapi.spring.webflux.batch.BatchedMethodAdapter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;

/**
 * What the application's own code may inject, pools, writers, batchers and cores, and what serves
 * its batch handlers. There also with {@code fasterapi.enabled=false}, on other servers, and in
 * tests without one, whole contexts and slices: an application that uses them starts and gives the
 * same answers. Nothing here touches the server.
 */
@AutoConfiguration(
        before = FasterApiAutoConfiguration.class,
        afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
@Import({CoresConfiguration.class, JsonConfiguration.class, WriterConfiguration.class})
public final class LibraryAutoConfiguration {

    /** Ends with the context. Where FasterAPI is off, capacities are the defaults. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    ObjectPools fasterApiObjectPools(ObjectProvider<FasterApiProperties> properties) {
        return new ObjectPools(
                name -> {
                    FasterApiProperties configured = properties.getIfAvailable();
                    return configured == null
                            ? PoolCapacity.defaults()
                            : configured.capacityOf(name);
                });
    }

    /** Ends with the context. Where no cores run, batches run on Reactor's schedulers. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Batchers fasterApiBatchers(HandlerCores cores, ObjectProvider<ThreadWorkers> threads) {
        return new Batchers(BatchWorkers.of(cores, threads.getIfAvailable(ThreadWorkers::pooled)));
    }

    /** Before anybody reads the mapping. */
    @Bean
    @ConditionalOnMissingBean
    static BatchRoutes fasterApiBatchRoutes(
            ObjectProvider<Batchers> batchers,
            ObjectProvider<FasterApiProperties> properties,
            ObjectProvider<Placements> placements) {
        return new BatchRoutes(
                batchers::getObject,
                template -> {
                    FasterApiProperties configured = properties.getIfAvailable();
                    return configured == null
                            ? null
                            : configured.placement().configured().of(template);
                },
                route -> {
                    Placements known = placements.getIfAvailable();
                    RoutePlacement placed = known == null ? null : known.find(route);
                    if (placed != null) {
                        placed.load().refuse(Refused.BATCH_FULL);
                    }
                });
    }

    @Bean
    @ConditionalOnMissingBean
    BatchedMethodAdapter fasterApiBatchedMethodAdapter(ApplicationContext context) {
        return new BatchedMethodAdapter(() -> context.getBean(RequestMappingHandlerAdapter.class));
    }

    @Bean
    @ConditionalOnMissingBean
    BatchRefusals fasterApiBatchRefusals() {
        return new BatchRefusals();
    }

    @Bean
    @ConditionalOnMissingBean
    JsonCodec fasterApiNoJson() {
        return new NoJsonCodec();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Meters {

        @Bean
        @ConditionalOnMissingBean
        PoolMeters fasterApiPoolMeters(ObjectPools pools) {
            return new PoolMeters(pools);
        }

        @Bean
        @ConditionalOnMissingBean
        BatchMeters fasterApiBatchMeters(Batchers batchers) {
            return new BatchMeters(batchers);
        }
    }
}
