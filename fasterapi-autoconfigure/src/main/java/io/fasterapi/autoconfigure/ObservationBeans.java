package io.fasterapi.autoconfigure;

import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;

/** Looks among the beans for whatever makes more of a request's observation than a meter. */
final class ObservationBeans {

    private static final List<Class<?>> TYPES =
            List.of(
                    ObservationHandler.class,
                    ObservationFilter.class,
                    ObservationPredicate.class,
                    GlobalObservationConvention.class,
                    ServerRequestObservationConvention.class);

    private static final String METERS = "io.micrometer.core.instrument.observation.";
    private static final String BOOT = "org.springframework.boot.micrometer.";
    private static final List<String> PROPERTIES =
            List.of("management.observations.key-values", "management.observations.enable");

    private final ApplicationContext context;

    ObservationBeans(ApplicationContext context) {
        this.context = context;
    }

    /** Returns the first of them, as part of a sentence, or null. */
    @Nullable String first() {
        for (Class<?> type : TYPES) {
            for (String name : context.getBeanNamesForType(type)) {
                Class<?> found = context.getType(name);
                if (found == null || !isMeter(found.getName())) {
                    return type.getSimpleName() + " '" + name + "' observes requests";
                }
            }
        }
        Binder binder = Binder.get(context.getEnvironment());
        for (String property : PROPERTIES) {
            if (binder.bind(property, Bindable.mapOf(String.class, String.class))
                    .map(values -> !values.isEmpty())
                    .orElse(false)) {
                return "observations are customised by " + property;
            }
        }
        return null;
    }

    private static boolean isMeter(String type) {
        return type.startsWith(METERS)
                || type.startsWith(BOOT)
                || type.equals(DefaultServerRequestObservationConvention.class.getName());
    }
}
