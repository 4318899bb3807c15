package io.fasterapi.autoconfigure;

import io.fasterapi.cores.HandlerCores;
import io.fasterapi.cores.ThreadWorkers;
import io.fasterapi.exchange.Admission;
import io.fasterapi.placement.Placements;
import io.fasterapi.server.Workers;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.dispatch.HopCalibration;
import io.fasterapi.spring.webflux.dispatch.RequestPlacements;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.webflux.autoconfigure.WebFluxProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Which thread runs what. */
@Configuration(proxyBeanMethods = false)
class PlacementConfiguration {

    @Bean
    @ConditionalOnMissingBean
    Placements fasterApiPlacements(FasterApiProperties properties, Environment environment) {
        return new Placements(
                properties.placement().fallback(),
                properties.placement().configured()::of,
                properties.admission().limits(environment));
    }

    @Bean
    @ConditionalOnMissingBean
    RequestPlacements fasterApiRequestPlacements(
            ApplicationContext context,
            Placements placements,
            FasterApiProperties properties,
            ObjectProvider<WebFluxProperties> webFlux,
            ControllerRoutes controllers,
            Admission admission) {
        WebFluxProperties known = webFlux.getIfAvailable();
        return new RequestPlacements(
                context,
                placements,
                properties.placement().configured(),
                known == null ? null : known.getBasePath(),
                controllers::shardKeyOf,
                admission.isAskedInline());
    }

    @Bean
    @ConditionalOnMissingBean
    HopCalibration fasterApiHopCalibration(
            ApplicationContext context, HandlerCores cores, Placements placements) {
        return new HopCalibration(context, cores, placements);
    }

    @Bean
    @ConditionalOnMissingBean
    Workers fasterApiWorkers(HandlerCores cores, ThreadWorkers threads, Admission admission) {
        return new Workers(cores, threads, admission);
    }

    /**
     * Virtual threads where the JVM has them, else a pool as {@code spring.task.execution} says.
     */
    @Bean
    @ConditionalOnMissingBean
    ThreadWorkers fasterApiThreadWorkers(ObjectProvider<ThreadPoolTaskExecutorBuilder> pools) {
        if (VirtualThreads.AVAILABLE) {
            SimpleAsyncTaskExecutor starter = new SimpleAsyncTaskExecutor("fasterapi-virtual-");
            starter.setVirtualThreads(true);
            return new ThreadWorkers(starter, starter::close);
        }
        ThreadPoolTaskExecutor pool =
                pools.getIfAvailable(ThreadPoolTaskExecutorBuilder::new)
                        .threadNamePrefix("fasterapi-blocking-")
                        .build();
        pool.setDaemon(true);
        pool.initialize();
        return new ThreadWorkers(pool, pool::shutdown);
    }
}
