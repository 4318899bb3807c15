package io.fasterapi.samples.quickstart.compare;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** Wires the comparison; the stock application starts with the first one. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SideBySideProperties.class)
class SideBySideConfiguration {

    @Bean
    StockContext stockContext(ConfigurableEnvironment own, SideBySideProperties limits) {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(
                        1,
                        task -> {
                            Thread thread = new Thread(task, "side-by-side-closing");
                            thread.setDaemon(true);
                            return thread;
                        });
        timer.setRemoveOnCancelPolicy(true);
        return new StockContext(() -> StockApplication.start(own), timer, limits.idle());
    }

    @Bean
    SideBySide sideBySide(SideBySideProperties limits, StockContext stock) {
        return new SideBySide(limits, stock);
    }
}
