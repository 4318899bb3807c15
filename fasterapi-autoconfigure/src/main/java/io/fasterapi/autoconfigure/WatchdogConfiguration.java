package io.fasterapi.autoconfigure;

import io.fasterapi.cores.HandlerCores;
import io.fasterapi.metrics.WatchdogMeters;
import io.fasterapi.placement.Placements;
import io.fasterapi.spring.server.ServerWatchdog;
import io.fasterapi.spring.webflux.dispatch.StallDemotion;
import io.fasterapi.watch.StallListener;
import io.fasterapi.watch.StallLog;
import io.fasterapi.watch.Watchdog;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Finds handlers that hold up an event loop or a core. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty(name = "fasterapi.watchdog.enabled", matchIfMissing = true)
class WatchdogConfiguration {

    @Bean
    @ConditionalOnMissingBean
    StallLog fasterApiStallLog() {
        return new StallLog();
    }

    @Bean
    @ConditionalOnMissingBean
    StallDemotion fasterApiStallDemotion(Placements placements) {
        return new StallDemotion(placements);
    }

    /** Listeners are looked up when the server starts, not when its factory is made. */
    @Bean
    @ConditionalOnMissingBean
    Watchdog fasterApiWatchdog(
            FasterApiProperties properties, ObjectProvider<StallListener> listeners) {
        return new Watchdog(
                properties.watchdog().options(), () -> listeners.orderedStream().toList());
    }

    @Bean
    @ConditionalOnMissingBean
    ServerWatchdog fasterApiServerWatchdog(
            ApplicationContext context, Watchdog watchdog, HandlerCores cores) {
        return new ServerWatchdog(context, watchdog, cores);
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    static class Meters {

        @Bean
        @ConditionalOnMissingBean
        WatchdogMeters fasterApiWatchdogMeters(Watchdog watchdog) {
            return new WatchdogMeters(watchdog);
        }
    }
}
