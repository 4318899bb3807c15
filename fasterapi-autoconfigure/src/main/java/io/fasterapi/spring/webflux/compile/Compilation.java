package io.fasterapi.spring.webflux.compile;

import io.fasterapi.placement.Placement;
import io.fasterapi.route.Route;
import io.fasterapi.route.ShardKey;
import io.fasterapi.spring.webflux.dispatch.RequestPlacements;
import io.fasterapi.spring.webflux.invoke.CompiledHandler;
import io.fasterapi.spring.webflux.invoke.CompiledMethod;
import io.fasterapi.spring.webflux.invoke.DirectCondition;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.invoke.LearnedFormats;
import io.fasterapi.spring.webflux.invoke.MappingCounters;
import io.fasterapi.spring.webflux.invoke.MethodPlan;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.LaneRestriction;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.util.pattern.PathPattern;

/**
 * Compiles the handler methods of an application. It creates no beans, so it can run on any thread
 * while the application goes on starting.
 */
final class Compilation {

    private final Map<RequestMappingInfo, HandlerMethod> methods;
    private final PlanCompiler plans;
    private final ControllerOptions options;
    private final LaneCounters counters;
    private final @Nullable Direct direct;
    private final LaneRestriction restriction;
    private final Map<HandlerMethod, LearnedFormats> formats = new HashMap<>();

    /**
     * What the direct lane needs.
     *
     * @param compiler compiles methods
     * @param ahead the mappings that WebFlux asks before those of controllers
     */
    record Direct(MethodCompiler compiler, List<RouteListing.Entry> ahead) {}

    /**
     * The result.
     *
     * @param mappings every mapping, with its lane and its counters
     * @param routes the routes of the direct lane, and those that keep requests for WebFlux
     * @param plans how each method is called at the end of the filter chain
     */
    record Outcome(
            Map<CompiledMapping, MappingCounters> mappings,
            List<Route> routes,
            Map<Method, List<MethodPlan>> plans) {}

    /**
     * Prepares the compilation.
     *
     * @param direct compiles for the direct lane, or null if no method may take it
     * @param restriction why no method may; null if only the options decide
     */
    Compilation(
            Map<RequestMappingInfo, HandlerMethod> methods,
            PlanCompiler plans,
            ControllerOptions options,
            LaneCounters counters,
            @Nullable Direct direct,
            @Nullable LaneRestriction restriction) {
        this.methods = methods;
        this.plans = plans;
        this.options = options;
        this.counters = counters;
        this.direct = direct;
        this.restriction =
                restriction == null
                        ? LaneRestriction.of(Reason.SWITCHED_OFF, Lane.FILTERED)
                        : restriction;
    }

    Outcome run() {
        List<CompiledMapping> all = new ArrayList<>();
        Map<HandlerMethod, List<CompiledMapping>> ofMethods = new LinkedHashMap<>();
        methods.forEach((info, method) -> add(info, method, all));
        forgetSeveral();
        Direct known = direct;
        List<CompiledMapping> settled =
                known == null ? all : new MappingConflicts(all, known.ahead()).settle();
        List<Route> routes =
                new ArrayList<>(known == null ? List.of() : MappingConflicts.sentinels(settled));
        Map<CompiledMapping, MappingCounters> mappings = new LinkedHashMap<>();
        for (CompiledMapping mapping : settled) {
            mappings.put(mapping, mapping.counters(counters));
            ofMethods.computeIfAbsent(mapping.handler(), each -> new ArrayList<>()).add(mapping);
        }
        Map<Method, List<MethodPlan>> planned = new HashMap<>();
        ofMethods.forEach(
                (method, own) ->
                        planned.computeIfAbsent(method.getMethod(), each -> new ArrayList<>())
                                .add(plan(method, own, mappings, routes)));
        planned.replaceAll((method, own) -> List.copyOf(own));
        return new Outcome(mappings, List.copyOf(routes), Map.copyOf(planned));
    }

    private MethodPlan plan(
            HandlerMethod method,
            List<CompiledMapping> mappings,
            Map<CompiledMapping, MappingCounters> all,
            List<Route> routes) {
        List<MethodPlan.Row> rows = new ArrayList<>();
        for (CompiledMapping mapping : mappings) {
            MappingCounters own = Objects.requireNonNull(all.get(mapping));
            CompiledMethod compiled = mapping.compiled();
            DirectCondition condition =
                    compiled == null ? null : addRoutes(mapping, compiled, own, routes);
            rows.add(new MethodPlan.Row(mapping.parsed(), own, condition));
        }
        return plans.compile(method, rows, formats.get(method));
    }

    private @Nullable DirectCondition addRoutes(
            CompiledMapping mapping,
            CompiledMethod method,
            MappingCounters own,
            List<Route> routes) {
        CompiledHandler handler = new CompiledHandler(method, own);
        Placement said =
                method.shardKey() == null ? RequestPlacements.declared(mapping.handler()) : null;
        ShardKey shardKey = method.shardKey();
        DirectCondition condition = null;
        for (String name : mapping.methods()) {
            condition =
                    new DirectCondition(
                            method.formats(), name, method.bodies(), shardKey != null, own);
            Route route = Route.of(name, mapping.pattern(), said, handler).when(condition);
            routes.add(shardKey == null ? route : route.shardedBy(shardKey));
        }
        return condition;
    }

    /** A method with several mappings may answer each differently, so nothing is learnt for it. */
    private void forgetSeveral() {
        Map<HandlerMethod, Integer> mapped = new HashMap<>();
        methods.values().forEach(method -> mapped.merge(method, 1, Integer::sum));
        mapped.forEach(
                (method, times) -> {
                    if (times == 1) {
                        formats(method);
                    } else {
                        formats.remove(method);
                    }
                });
    }

    private LearnedFormats formats(HandlerMethod method) {
        return formats.computeIfAbsent(method, each -> new LearnedFormats());
    }

    private void add(RequestMappingInfo info, HandlerMethod method, List<CompiledMapping> found) {
        CompiledMethod compiled = null;
        LaneRestriction why = restriction;
        Direct known = direct;
        if (known != null && options.wants(method)) {
            try {
                compiled = known.compiler().compile(info, method, formats(method));
                why = null;
            } catch (NotCompilableException ex) {
                why = ex.restriction();
            }
        }
        for (PathPattern pattern : info.getPatternsCondition().getPatterns()) {
            found.add(CompiledMapping.of(info, pattern, method, compiled, why));
        }
    }
}
