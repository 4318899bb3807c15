package io.fasterapi.spring.aside;

import io.fasterapi.core.HandlerCores;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.ShardBy;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.Route;
import io.fasterapi.spring.BeanMaker;
import io.fasterapi.spring.scope.CoreBeanScope;
import io.fasterapi.spring.webflux.batch.BatchBridge;
import io.fasterapi.spring.webflux.dispatch.RequestPlacements;
import io.fasterapi.spring.webflux.route.FastRouteMapping;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Finds out which handlers of an application must run on a handler core: those that ask for it, and
 * those whose bean depends on the cores or on a bean of the core scope, directly or through other
 * beans. A bean that looks up the cores itself, for example with an {@code ObjectProvider}, is not
 * found. Thread-safe.
 */
public final class CoreDemand {

    private static final String OWN = "io.fasterapi.autoconfigure.";

    private final ConfigurableListableBeanFactory beans;
    private final Function<String, @Nullable Placement> configured;
    private final Placement fallback;
    private final Map<HandlerMethod, Boolean> methods = new ConcurrentHashMap<>();
    private final SingletonSupplier<Set<String>> cores = SingletonSupplier.of(this::coreNames);
    private final SingletonSupplier<Boolean> functions =
            SingletonSupplier.of(() -> reachAny(RouterFunction.class));
    private final SingletonSupplier<Boolean> fastRoutes =
            SingletonSupplier.of(() -> reachAny(FastRoutes.class));

    /**
     * Creates it without looking at any bean.
     *
     * @param configured returns the configured placement of a path template, or null
     * @param fallback the placement of requests that have none
     */
    public CoreDemand(
            ConfigurableListableBeanFactory beans,
            Function<String, @Nullable Placement> configured,
            Placement fallback) {
        this.beans = beans;
        this.configured = configured;
        this.fallback = fallback;
    }

    /**
     * Returns whether any bean of the application needs the cores. Call it when all beans are made.
     */
    boolean isAny() {
        return cores.obtain().stream()
                        .flatMap(name -> Arrays.stream(beans.getDependentBeans(name)))
                        .anyMatch(dependent -> !BeanMaker.isOf(beans, dependent, OWN))
                || Arrays.stream(beans.getBeanDefinitionNames()).anyMatch(this::isOfCores);
    }

    /** Returns whether a handler may need a core. */
    boolean isOf(Object handler) {
        Route route = FastRouteMapping.routeOf(handler);
        if (route != null) {
            return route.shardKey() != null
                    || route.placement() == Placement.CORE
                    || fastRoutes.obtain();
        }
        return handler instanceof HandlerMethod method
                ? methods.computeIfAbsent(registered(method), this::ofMethod)
                : handler instanceof HandlerFunction && functions.obtain();
    }

    /** Returns whether the configuration places such a handler's request elsewhere. */
    boolean isElsewhere(ServerWebExchange exchange, Object handler) {
        Route route = FastRouteMapping.routeOf(handler);
        boolean sharded =
                route != null
                        ? route.shardKey() != null
                        : handler instanceof HandlerMethod method && isSharded(method);
        if (sharded) {
            return false;
        }
        Placement said = route == null ? said(exchange, handler) : said(route);
        if (said == null) {
            said = fallback;
        }
        return said == Placement.INLINE || said == Placement.VIRTUAL;
    }

    private @Nullable Placement said(Route route) {
        Placement said = configured.apply(route.uri());
        return said == null ? route.placement() : said;
    }

    private @Nullable Placement said(ServerWebExchange exchange, Object handler) {
        Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        Placement said =
                pattern instanceof PathPattern of ? configured.apply(of.getPatternString()) : null;
        return said == null && handler instanceof HandlerMethod method
                ? RequestPlacements.declared(method)
                : said;
    }

    private boolean ofMethod(HandlerMethod method) {
        return isSharded(method)
                || RequestPlacements.declared(method) == Placement.CORE
                || method.getBean() instanceof String name && reaches(name)
                || method.getBean() instanceof BatchBridge bridge && reaches(bridge.toString());
    }

    private static boolean isSharded(HandlerMethod method) {
        return method.hasMethodAnnotation(ShardBy.class)
                || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), ShardBy.class);
    }

    private boolean reachAny(Class<?> type) {
        return Arrays.stream(beans.getBeanNamesForType(type)).anyMatch(this::reaches);
    }

    private Set<String> coreNames() {
        return Set.copyOf(List.of(beans.getBeanNamesForType(HandlerCores.class)));
    }

    /** Returns a method as it was registered; only that one knows the name of its bean. */
    private static HandlerMethod registered(HandlerMethod method) {
        HandlerMethod registered = method.getResolvedFromHandlerMethod();
        return registered == null ? method : registered;
    }

    /** Returns whether a bean depends on the cores, directly or through other beans. */
    private boolean reaches(String bean) {
        if (!beans.containsBean(bean)) {
            return false;
        }
        if (beans.isSingleton(bean)) {
            beans.getBean(bean); // its dependencies are known once it is made
        }
        Set<String> seen = new HashSet<>(Set.of(bean));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            String name = open.remove();
            if (cores.obtain().contains(name)
                    || isOfCores(ScopedProxyUtils.getTargetBeanName(name))) {
                return true;
            }
            if (!BeanMaker.isOf(beans, name, OWN)) {
                Arrays.stream(beans.getDependenciesForBean(name))
                        .filter(seen::add)
                        .forEach(open::add);
            }
        }
        return false;
    }

    private boolean isOfCores(String name) {
        return beans.containsBeanDefinition(name)
                && CoreBeanScope.NAME.equals(beans.getMergedBeanDefinition(name).getScope());
    }
}
