package io.fasterapi.spring.webflux.route;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.reactive.config.CorsRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurationSupport;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** The application's global CORS configuration, which WebFlux gives to its own mappings alone. */
public final class CorsMappings extends CorsRegistry {

    private static final String SPRING = "org.springframework.";

    private CorsMappings() {}

    /** Returns which bean configures CORS, as part of a sentence, or null. */
    static @Nullable String declaredBy(ListableBeanFactory beans) {
        for (Class<?> type :
                new Class<?>[] {WebFluxConfigurer.class, WebFluxConfigurationSupport.class}) {
            for (Map.Entry<String, ?> bean :
                    BeanFactoryUtils.beansOfTypeIncludingAncestors(beans, type).entrySet()) {
                if (addsMappings(ClassUtils.getUserClass(bean.getValue()))) {
                    return type.getSimpleName() + " '" + bean.getKey() + "'";
                }
            }
        }
        return null;
    }

    private static boolean addsMappings(Class<?> type) {
        Method method = ReflectionUtils.findMethod(type, "addCorsMappings", CorsRegistry.class);
        return method != null && !method.getDeclaringClass().getName().startsWith(SPRING);
    }

    /** Returns what the configurers configure, by path pattern. */
    public static Map<String, CorsConfiguration> of(Stream<WebFluxConfigurer> configurers) {
        CorsMappings registry = new CorsMappings();
        configurers.forEach(configurer -> configurer.addCorsMappings(registry));
        return registry.getCorsConfigurations();
    }
}
