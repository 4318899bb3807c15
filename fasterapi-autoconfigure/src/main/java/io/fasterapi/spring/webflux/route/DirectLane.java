package io.fasterapi.spring.webflux.route;

import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.HttpHandlerDecoratorFactory;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.ForwardedHeaderTransformer;

/**
 * Whether a request may be answered without WebFlux: only if nothing in the application stands
 * between the server and its handlers. As in WebFlux, what a parent context declares counts.
 */
public final class DirectLane {

    private final ListableBeanFactory beans;
    private final String ours;
    private final boolean stockHandler;

    /**
     * Creates the decision.
     *
     * @param ours the name of the customizer that brings WebFlux to the cores, which is no obstacle
     * @param stockHandler whether Boot made the application's {@link HttpHandler}
     */
    public DirectLane(ListableBeanFactory beans, String ours, boolean stockHandler) {
        this.beans = beans;
        this.ours = ours;
        this.stockHandler = stockHandler;
    }

    /** Returns what would be got round, or null if there is nothing. */
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
        String cors = CorsMappings.declaredBy(beans);
        return cors == null ? null : LaneRestriction.of(Reason.CORS, Lane.FILTERED, cors);
    }

    /** What only WebFlux itself takes into account. */
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
}
