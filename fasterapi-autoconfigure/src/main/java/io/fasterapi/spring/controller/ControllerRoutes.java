package io.fasterapi.spring.controller;

import io.fasterapi.http.FastHandler;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteTree;
import io.fasterapi.spring.route.Lane;
import io.fasterapi.spring.route.Obstacle;
import io.fasterapi.spring.route.RouteReport;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.accept.RequestedContentTypeResolver;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.util.pattern.PathPattern;

/**
 * The controller methods of an application: which of them the direct lane calls, and why the others
 * stay on WebFlux. Compiled once, when the server starts; read by all threads afterwards.
 */
public final class ControllerRoutes {

    private static final Log LOGGER = LogFactory.getLog(ControllerRoutes.class);

    private final ApplicationContext context;
    private final JsonBodies json;
    private final ControllerOptions options;
    private final Supplier<@Nullable String> observers;
    private volatile Map<Method, Lesson> compiled = Map.of();
    private volatile List<Mapped> mappings = List.of();
    private final LaneCounters counters = new LaneCounters();
    private final FilteredLane end = new FilteredLane();
    private volatile Lane lane = Lane.WEBFLUX;
    private volatile @Nullable String reason;

    /**
     * What is known of a compiled method.
     *
     * @param method the method
     * @param negotiation learns its Content-Types
     */
    private record Lesson(CompiledMethod method, Negotiation negotiation) {}

    /**
     * Creates the routes.
     *
     * @param json writes and reads JSON
     * @param observers says who, apart from the meters, observes requests, or null
     */
    public ControllerRoutes(
            ApplicationContext context,
            JsonBodies json,
            ControllerOptions options,
            Supplier<@Nullable String> observers) {
        this.context = context;
        this.json = json;
        this.options = options;
        this.observers = observers;
    }

    /**
     * Compiles what can be compiled.
     *
     * @param obstacle what stands before every handler of the application, or null
     * @return the direct routes, with those that keep requests for WebFlux; empty if the
     *     application's filters come first
     */
    public List<Route> compile(@Nullable Obstacle obstacle) {
        decide(obstacle);
        List<Mapped> all;
        List<Route> routes = new ArrayList<>();
        @Nullable GlobalCors cors = null;
        try {
            WebFluxParts parts = WebFluxParts.of(context);
            if (lane == Lane.FILTERED) {
                cors = GlobalCors.of(context, parts.mapping());
            }
            MethodCompiler compiler =
                    new MethodCompiler(
                            parts, context, json, options.mostBytes(), lane == Lane.FILTERED);
            List<PathShape> ahead = MappingsAhead.of(parts.mappings(), parts.mapping());
            all = new Contest(mappings(parts, compiler), ahead).settle();
            routes.addAll(Contest.sentinels(all));
            Map<Method, Lesson> lessons = new HashMap<>();
            for (Mapped mapped : all) {
                CompiledMethod method = mapped.compiled();
                if (method != null) {
                    lessons.computeIfAbsent(
                            method.method().getMethod(), unused -> lesson(parts, compiler, method));
                    addRoutes(mapped, method, compiler.limits(method), routes);
                }
            }
            compiled = Map.copyOf(lessons);
            mappings = List.copyOf(all);
        } catch (NotCompilable ex) {
            lane = Lane.WEBFLUX;
            reason = ex.reason();
            all = left(ex.reason());
            mappings = List.copyOf(all);
        }
        summarise(all);
        FastPathRefusedException.check(all, lane == Lane.DIRECT ? null : reason);
        if (lane != Lane.FILTERED) {
            end.serveNothing();
            return lane == Lane.DIRECT ? routes : List.of();
        }
        end.serve(RouteTree.of(routes), cors);
        return List.of();
    }

    private List<Mapped> left(String why) {
        List<Mapped> found = new ArrayList<>();
        BeanFactoryUtils.beansOfTypeIncludingAncestors(context, RequestMappingHandlerMapping.class)
                .values()
                .forEach(
                        mapping ->
                                mapping.getHandlerMethods()
                                        .forEach(
                                                (info, method) ->
                                                        addLeft(info, method, why, found)));
        return found;
    }

    private static void addLeft(
            RequestMappingInfo info, HandlerMethod method, String why, List<Mapped> found) {
        for (PathPattern pattern : info.getPatternsCondition().getPatterns()) {
            found.add(Mapped.left(info, pattern, method, why));
        }
    }

    private void summarise(List<Mapped> all) {
        long fast = all.stream().filter(mapped -> mapped.compiled() != null).count();
        String why = reason;
        LOGGER.info(
                "FasterAPI: controller mappings: "
                        + (lane == Lane.WEBFLUX ? "" : fast + " " + lane.label() + ", ")
                        + (all.size() - fast)
                        + " through WebFlux"
                        + (why == null ? "" : " (" + why + ")"));
    }

    /** Finds the fastest lane that nothing forbids, and what forbids a faster one. */
    private void decide(@Nullable Obstacle obstacle) {
        String closed =
                obstacle != null && obstacle.best() == Lane.WEBFLUX
                        ? obstacle.reason()
                        : new Customisations(context).obstacle();
        if (closed != null) {
            lane = Lane.WEBFLUX;
            reason = closed;
            return;
        }
        String observer = obstacle == null ? observers.get() : obstacle.reason();
        lane = observer == null ? Lane.DIRECT : Lane.FILTERED;
        reason = observer;
    }

    /** Returns the end of the application's filter chain, which must be the last of its filters. */
    public WebFilter end() {
        return end;
    }

    private static Lesson lesson(
            WebFluxParts parts, MethodCompiler compiler, CompiledMethod method) {
        RequestedContentTypeResolver resolver = parts.adapter().getContentTypeResolver();
        try {
            return new Lesson(method, new Negotiation(resolver, compiler.codecs(method.method())));
        } catch (NotCompilable ex) {
            throw new IllegalStateException(method + ": compiled with codecs, now without", ex);
        }
    }

    private void addRoutes(
            Mapped mapped, CompiledMethod method, BodyLimits limits, List<Route> routes) {
        FastHandler handler =
                lane == Lane.FILTERED
                        ? new FilteredMethod(method, mapped.parsed(), limits.mostBytes(), counters)
                        : new CompiledHandler(method, counters);
        for (String name : mapped.methods()) {
            routes.add(
                    Route.of(name, mapped.pattern(), (Placement) null, handler)
                            .when(new DirectCondition(method.types(), name, limits)));
        }
    }

    private List<Mapped> mappings(WebFluxParts parts, MethodCompiler compiler) {
        List<Mapped> found = new ArrayList<>();
        Map<RequestMappingInfo, HandlerMethod> methods = parts.mapping().getHandlerMethods();
        methods.forEach((info, method) -> add(info, method, compiler, found));
        return found;
    }

    private void add(
            RequestMappingInfo info,
            HandlerMethod method,
            MethodCompiler compiler,
            List<Mapped> found) {
        CompiledMethod result = null;
        String why = lane == Lane.WEBFLUX ? reason : null;
        if (why == null) {
            try {
                result = options.wants(method) ? compiler.compile(info, method) : null;
                why = "fasterapi.fast-lane.controllers leaves it out";
            } catch (NotCompilable ex) {
                why = ex.reason();
            }
        }
        if (result == null) {
            addLeft(info, method, why, found);
            return;
        }
        for (PathPattern pattern : info.getPatternsCondition().getPatterns()) {
            found.add(Mapped.compiled(info, pattern, method, result));
        }
    }

    /** Returns what counts the calls of compiled methods. */
    public LaneCounters counters() {
        return counters;
    }

    boolean isCompiled(Method method) {
        return compiled.containsKey(method);
    }

    void learn(Method method, ServerWebExchange exchange) {
        Lesson lesson = compiled.get(method);
        if (lesson != null) {
            lesson.negotiation().learn(lesson.method(), exchange);
        }
    }

    /** The status that a method declares, if it was not set where the method was called. */
    Optional<Integer> status(Method method) {
        if (lane == Lane.FILTERED) {
            return Optional.empty();
        }
        Lesson lesson = compiled.get(method);
        return lesson == null ? Optional.empty() : Optional.ofNullable(lesson.method().status());
    }

    /** Returns every mapping of a controller with its lane and the reason for it. */
    public List<RouteReport> report() {
        List<RouteReport> rows = new ArrayList<>();
        for (Mapped mapped : mappings) {
            boolean fast = mapped.compiled() != null;
            String first = reason == null ? "no WebFilter applies" : reason;
            List<String> methods =
                    mapped.methods().isEmpty() ? List.of("*") : List.copyOf(mapped.methods());
            for (String method : methods) {
                rows.add(
                        new RouteReport(
                                method,
                                mapped.pattern(),
                                mapped.handler().toString(),
                                (fast ? lane : Lane.WEBFLUX).label(),
                                options.placement().name().toLowerCase(Locale.ROOT),
                                fast ? first : mapped.reason()));
            }
        }
        return rows;
    }
}
