package io.fasterapi.spring.controller;

import io.fasterapi.http.FastHandler;
import io.fasterapi.placement.Placement;
import io.fasterapi.route.Route;
import io.fasterapi.route.ShardKey;
import io.fasterapi.spring.webflux.dispatch.RequestPlacements;
import io.fasterapi.spring.webflux.route.Lane;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Compiles the controller methods of an application for a lane. Makes no bean, so that it can run
 * on any thread while the application goes on starting.
 */
final class Compilation {

    private final WebFluxParts parts;
    private final MethodCompiler compiler;
    private final List<PathShape> ahead;
    private final ControllerOptions options;
    private final LaneCounters counters;
    private final Lane lane;

    /**
     * What was compiled.
     *
     * @param mappings every mapping, with what became of it
     * @param routes those of compiled methods, and those that keep requests for WebFlux
     * @param lessons what is known of each compiled method
     */
    record Outcome(List<Mapped> mappings, List<Route> routes, Map<Method, Lesson> lessons) {}

    /**
     * What is known of a compiled method.
     *
     * @param method the method
     * @param negotiation learns its Content-Types
     */
    record Lesson(CompiledMethod method, Negotiation negotiation) {}

    /**
     * Prepares the compilation.
     *
     * @param ahead what other handler mappings match that WebFlux asks first
     * @param lane the direct or the filtered one
     */
    Compilation(
            WebFluxParts parts,
            MethodCompiler compiler,
            List<PathShape> ahead,
            ControllerOptions options,
            LaneCounters counters,
            Lane lane) {
        this.parts = parts;
        this.compiler = compiler;
        this.ahead = ahead;
        this.options = options;
        this.counters = counters;
        this.lane = lane;
    }

    Outcome run() throws NotCompilable {
        List<Mapped> all = new Contest(mappings(), ahead).settle();
        List<Route> routes = new ArrayList<>(Contest.sentinels(all));
        Map<Method, Lesson> lessons = new HashMap<>();
        for (Mapped mapped : all) {
            CompiledMethod method = mapped.compiled();
            if (method != null) {
                Method key = method.method().getMethod();
                if (!lessons.containsKey(key)) {
                    lessons.put(key, lesson(method));
                }
                addRoutes(mapped, method, compiler.limits(method), routes);
            }
        }
        return new Outcome(List.copyOf(all), List.copyOf(routes), Map.copyOf(lessons));
    }

    private Lesson lesson(CompiledMethod method) throws NotCompilable {
        return new Lesson(
                method,
                new Negotiation(
                        parts.adapter().getContentTypeResolver(),
                        compiler.codecs(method.method())));
    }

    private void addRoutes(
            Mapped mapped, CompiledMethod method, BodyLimits limits, List<Route> routes) {
        FastHandler handler =
                lane == Lane.FILTERED
                        ? new FilteredMethod(method, mapped.parsed(), limits.mostBytes(), counters)
                        : new CompiledHandler(method, counters);
        Placement said =
                method.shardKey() == null ? RequestPlacements.declared(mapped.handler()) : null;
        ShardKey shardKey = lane == Lane.DIRECT ? method.shardKey() : null;
        for (String name : mapped.methods()) {
            Route route =
                    Route.of(name, mapped.pattern(), said, handler)
                            .when(
                                    new DirectCondition(
                                            method.types(), name, limits, shardKey != null));
            routes.add(shardKey == null ? route : route.shardedBy(shardKey));
        }
    }

    private List<Mapped> mappings() {
        List<Mapped> found = new ArrayList<>();
        parts.mapping().getHandlerMethods().forEach((info, method) -> add(info, method, found));
        return found;
    }

    private void add(RequestMappingInfo info, HandlerMethod method, List<Mapped> found) {
        CompiledMethod result = null;
        String why = "fasterapi.fast-lane.controllers leaves it out";
        try {
            result = options.wants(method) ? compiler.compile(info, method) : null;
        } catch (NotCompilable ex) {
            why = ex.reason();
        }
        for (PathPattern pattern : info.getPatternsCondition().getPatterns()) {
            found.add(
                    result == null
                            ? Mapped.left(info, pattern, method, why)
                            : Mapped.compiled(info, pattern, method, result));
        }
    }

    /** Returns the mappings of an application none of whose methods is compiled. */
    static List<Mapped> left(Map<RequestMappingInfo, HandlerMethod> methods, String why) {
        List<Mapped> found = new ArrayList<>();
        methods.forEach(
                (info, method) -> {
                    for (PathPattern pattern : info.getPatternsCondition().getPatterns()) {
                        found.add(Mapped.left(info, pattern, method, why));
                    }
                });
        return found;
    }
}
