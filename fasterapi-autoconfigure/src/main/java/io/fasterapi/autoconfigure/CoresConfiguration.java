package io.fasterapi.autoconfigure;

import io.fasterapi.cores.CoreOptions;
import io.fasterapi.cores.HandlerCores;
import io.fasterapi.placement.Placement;
import io.fasterapi.spring.aside.CoreCallAdapter;
import io.fasterapi.spring.aside.CoresAside;
import io.fasterapi.spring.scope.CoreBeanScope;
import io.fasterapi.spring.scope.CoreScopeEnd;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.HandlerAdapter;

/** The handler cores, their bean scope, and what runs on them where no server of ours does. */
@Configuration(proxyBeanMethods = false)
class CoresConfiguration {

    /** As by default in the properties, which are not there where FasterAPI is off. */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private static boolean isServed(
            ApplicationContext context, @Nullable FasterApiProperties properties) {
        return properties != null && context instanceof WebServerApplicationContext;
    }

    private static Duration stopLimit(@Nullable FasterApiProperties properties) {
        return properties == null ? STOP_LIMIT : properties.cores().stopTimeout();
    }

    /**
     * Where no server of ours starts them there is one, the core of every key. No thread of it runs
     * unless the application's code asks for cores.
     */
    @Bean
    @ConditionalOnMissingBean
    HandlerCores fasterApiHandlerCores(
            ApplicationContext context, ObjectProvider<FasterApiProperties> properties) {
        FasterApiProperties known = properties.getIfAvailable();
        if (known != null && isServed(context, known)) {
            return new HandlerCores(known.cores().options(known.admission().waits()));
        }
        CoreOptions all = CoreOptions.defaults();
        return new HandlerCores(
                new CoreOptions(1, all.ringSize(), all.waitMode(), false, all.threadName()));
    }

    @Bean
    @ConditionalOnMissingBean
    static CoreBeanScope fasterApiCoreScope(ObjectProvider<HandlerCores> cores) {
        return new CoreBeanScope(cores::getObject);
    }

    @Bean
    static CustomScopeConfigurer fasterApiCoreScopeConfigurer(CoreBeanScope scope) {
        CustomScopeConfigurer configurer = new CustomScopeConfigurer();
        configurer.addScope(CoreBeanScope.NAME, scope);
        return configurer;
    }

    @Bean
    @ConditionalOnMissingBean
    CoreScopeEnd fasterApiCoreScopeEnd(
            CoreBeanScope scope,
            ApplicationContext context,
            ObjectProvider<FasterApiProperties> properties) {
        return new CoreScopeEnd(scope, context, stopLimit(properties.getIfAvailable()));
    }

    @Bean
    @ConditionalOnMissingBean
    CoresAside fasterApiCoresAside(
            ObjectProvider<HandlerCores> cores,
            ConfigurableListableBeanFactory beans,
            ApplicationContext context,
            ObjectProvider<FasterApiProperties> properties) {
        FasterApiProperties known = properties.getIfAvailable();
        return new CoresAside(
                cores::getObject,
                beans,
                known == null ? template -> null : known.placement().configured()::of,
                known == null ? Placement.AUTO : known.placement().fallback(),
                isServed(context, known),
                stopLimit(known));
    }

    @Bean
    @ConditionalOnMissingBean
    CoreCallAdapter fasterApiCoreCallAdapter(CoresAside aside, ObjectProvider<HandlerAdapter> all) {
        return new CoreCallAdapter(aside, all::orderedStream);
    }
}
