package io.fasterapi.autoconfigure;

import io.fasterapi.spring.BeanMaker;
import io.fasterapi.spring.webflux.compile.Observability;
import io.micrometer.observation.GlobalObservationConvention;
import io.micrometer.observation.ObservationFilter;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationPredicate;
import io.micrometer.observation.ObservationRegistry;
import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ApplicationContext;
import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerRequestObservationConvention;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Finds out whether anything but a meter sees the observations of requests. At start-up only. */
final class ObservationBeans {

    private static final List<Class<?>> TYPES =
            List.of(
                    ObservationHandler.class,
                    ObservationFilter.class,
                    ObservationPredicate.class,
                    GlobalObservationConvention.class,
                    ServerRequestObservationConvention.class);

    private static final String METERS = "io.micrometer.core.instrument.observation.";
    private static final String BOOT = "org.springframework.boot.";
    private static final String CUSTOMIZER =
            "org.springframework.boot.micrometer.observation.autoconfigure"
                    + ".ObservationRegistryCustomizer";
    private static final List<String> PROPERTIES =
            List.of("management.observations.key-values", "management.observations.enable");
    private static final String PROPAGATION = "spring.reactor.context-propagation";

    private final ApplicationContext context;

    ObservationBeans(ApplicationContext context) {
        this.context = context;
    }

    /** Returns what sees the observations of this application's requests. */
    Observability seen() {
        String[] registries =
                BeanFactoryUtils.beanNamesForTypeIncludingAncestors(
                        context, ObservationRegistry.class);
        if (registries.length == 0) {
            return new Observability(null, false);
        }
        for (String name : registries) {
            if (!BeanMaker.isOf(context, name, BOOT)) {
                return new Observability("ObservationRegistry '" + name + "' is custom", true);
            }
        }
        String watcher = bean();
        if (watcher == null) {
            watcher = property();
        }
        if (watcher == null) {
            watcher = handler(context.getBean(registries[0], ObservationRegistry.class));
        }
        return new Observability(watcher, true);
    }

    private @Nullable String bean() {
        for (Class<?> type : TYPES) {
            String found = foreign(type);
            if (found != null) {
                return found;
            }
        }
        ClassLoader loader = getClass().getClassLoader();
        return ClassUtils.isPresent(CUSTOMIZER, loader)
                ? foreign(ClassUtils.resolveClassName(CUSTOMIZER, loader))
                : null;
    }

    private @Nullable String foreign(Class<?> type) {
        for (String name : BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context, type)) {
            Class<?> found = context.getType(name);
            if (found == null || !isMeter(found.getName())) {
                return type.getSimpleName() + " '" + name + "' observes requests";
            }
        }
        return null;
    }

    private static boolean isMeter(String type) {
        return type.startsWith(METERS)
                || type.startsWith(BOOT)
                || type.equals(DefaultServerRequestObservationConvention.class.getName());
    }

    private @Nullable String property() {
        Binder binder = Binder.get(context.getEnvironment());
        for (String property : PROPERTIES) {
            if (binder.bind(property, Bindable.mapOf(String.class, String.class))
                    .map(values -> !values.isEmpty())
                    .orElse(false)) {
                return "observations are customised by " + property;
            }
        }
        return "auto".equalsIgnoreCase(context.getEnvironment().getProperty(PROPAGATION))
                ? "the observation is in the thread (" + PROPAGATION + ")"
                : null;
    }

    /**
     * Looks for handlers that are not beans. Micrometer has no public method to read them. If this
     * one is gone, there may be some.
     */
    private static @Nullable String handler(ObservationRegistry registry) {
        Method getter =
                ReflectionUtils.findMethod(
                        ObservationRegistry.ObservationConfig.class, "getObservationHandlers");
        try {
            if (getter != null) {
                ReflectionUtils.makeAccessible(getter);
                Object found = getter.invoke(registry.observationConfig());
                return found instanceof Collection<?> all
                        ? foreign(all)
                        : "the handlers of the ObservationRegistry are hidden";
            }
        } catch (ReflectiveOperationException | RuntimeException ex) {
            // Treated as if the method did not exist.
        }
        return "the handlers of the ObservationRegistry cannot be listed";
    }

    private static @Nullable String foreign(Collection<?> handlers) {
        for (Object handler : handlers) {
            if (handler instanceof ObservationHandler.CompositeObservationHandler group) {
                String found = foreign(group.getHandlers());
                if (found != null) {
                    return found;
                }
            } else if (!isMeter(handler.getClass().getName())) {
                return "ObservationHandler " + handler.getClass().getName() + " observes requests";
            }
        }
        return null;
    }
}
