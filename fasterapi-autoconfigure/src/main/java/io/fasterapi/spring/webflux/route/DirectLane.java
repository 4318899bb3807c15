package io.fasterapi.spring.webflux.route;

import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import java.lang.reflect.Method;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.reactive.config.CorsRegistry;
import org.springframework.web.reactive.config.WebFluxConfigurationSupport;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/**
 * Decides whether requests may be answered without WebFlux: only if nothing in the application
 * stands between the server and its handlers. Beans of a parent context count, as in WebFlux. At
 * start-up only.
 */
public final class DirectLane {

    private static final String SPRING = "org.springframework.";

    private final ListableBeanFactory beans;
    private final String ours;
    private final boolean stockHandler;

    /**
     * Creates the decision.
     *
     * @param ours the name of the customizer that runs WebFlux on the cores; it does not count
     * @param stockHandler whether Boot made the application's {@link HttpHandler}
     */
    public DirectLane(ListableBeanFactory beans, String ours, boolean stockHandler) {
        this.beans = beans;
        this.ours = ours;
        this.stockHandler = stockHandler;
    }

    /** Returns what would be bypassed, or null if there is nothing. */
    public @Nullable LaneRestriction restriction() {
        if (!stockHandler) {
            return LaneRestriction.of(Reason.OWN_HANDLER, Lane.WEBFLUX, "HttpHandler");
        }
        String customizer = customizer();
        if (customizer != null) {
            return LaneRestriction.of(Reason.FILTER, Lane.FILTERED, customizer);
        }
        return filter();
    }

    /**
     * Returns whether nothing stands between the server and the handler that our customizer wraps.
     */
    public boolean isOutermost() {
        return stockHandler
                && customizer() == null
                && BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                                        beans, HttpHandlerDecoratorFactory.class)
                                .length
                        == 0;
    }

    private @Nullable LaneRestriction filter() {
        for (Class<?> type :
                new Class<?>[] {
                    WebFilter.class,
                    HttpHandlerDecoratorFactory.class,
                    ForwardedHeaderTransformer.class
                }) {
            String[] names = BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, type);
            if (names.length > 0) {
                return LaneRestriction.of(
                        Reason.FILTER, Lane.FILTERED, type.getSimpleName() + " '" + names[0] + "'");
            }
        }
        String cors = cors();
        return cors == null ? null : LaneRestriction.of(Reason.CORS, Lane.FILTERED, cors);
    }

    /** Returns a customizer of the application, which only WebFlux applies, or null. */
    private @Nullable String customizer() {
        for (String name :
                BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                        beans, WebHttpHandlerBuilderCustomizer.class)) {
            if (!name.equals(ours)) {
                return "WebHttpHandlerBuilderCustomizer '" + name + "'";
            }
        }
        return null;
    }

    /** Returns the bean that configures CORS as part of a sentence, or null. */
    private @Nullable String cors() {
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
}
