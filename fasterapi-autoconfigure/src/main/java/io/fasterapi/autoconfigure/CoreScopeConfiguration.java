package io.fasterapi.autoconfigure;

import io.fasterapi.cores.HandlerCores;
import io.fasterapi.spring.scope.CoreBeanScope;
import io.fasterapi.spring.scope.CoreScopeEnd;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The bean scope of a handler core. */
@Configuration(proxyBeanMethods = false)
class CoreScopeConfiguration {

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
            CoreBeanScope scope, ApplicationContext context, FasterApiProperties properties) {
        return new CoreScopeEnd(scope, context, properties.cores().stopTimeout());
    }
}
