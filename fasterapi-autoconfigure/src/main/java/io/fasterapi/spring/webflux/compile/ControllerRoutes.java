package io.fasterapi.spring.webflux.compile;

import io.fasterapi.placement.Placements;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.Route;
import io.fasterapi.route.ShardKey;
import io.fasterapi.spring.ConfigurationRefusedException;
import io.fasterapi.spring.webflux.batch.BatchedMethod;
import io.fasterapi.spring.webflux.dispatch.RequestPlacements;
import io.fasterapi.spring.webflux.invoke.ChainEnd;
import io.fasterapi.spring.webflux.invoke.DispatchParts;
import io.fasterapi.spring.webflux.invoke.Dispatcher;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.invoke.MappingCounters;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.LaneRestriction;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import io.fasterapi.spring.webflux.route.RouteReport;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.WebFilter;
import org.springframework.web.util.pattern.PathPattern;

/**
 * The handlers of an application with their lanes, and why one does not have a faster lane.
 * Compiled once when the server starts; all threads read it.
 */
public final class ControllerRoutes {

    /*
     * Compiling takes a fraction of a millisecond per method, in code that the JVM has not compiled
     * yet. So it runs on a thread of its own after the server has started. Until it is done, the
     * end of the filter chain calls the application without a plan, with the same answers. The
     * start waits for it only in two cases. If a method has @FastPath, because the start must fail
     * if that cannot be honoured. If a method has a shard key, because its requests would run on
     * any core until then.
     */
    private static final Log LOGGER = LogFactory.getLog(ControllerRoutes.class);

    /** The name under which requests are placed that no mapping of ours knows. */
    private static final String UNMAPPED = "* /**";

    private static final String WEBFLUX_COUNTS =
            "WebFlux's own dispatcher serves this mapping; the meter fasterapi.controller.calls counts"
                    + " all requests of the lane webflux together";

    private static final String NOT_TOLD =
            "WebFlux does not say which of its predicates has matched";

    private final ApplicationContext context;
    private final ControllerOptions options;
    private final Supplier<Observability> observability;
    private final LaneCounters counters = new LaneCounters();
    private final ChainEnd end = new ChainEnd(counters);
    private volatile Map<CompiledMapping, MappingCounters> mappings = Map.of();
    private volatile List<RouteListing.Entry> others = List.of();
    private volatile CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    private final AtomicReference<@Nullable Runnable> pending = new AtomicReference<>();
    private volatile @Nullable ShardedMethods sharded;

    /** Why the application's own dispatcher serves everything; null if it does not. */
    private volatile @Nullable LaneRestriction alone;

    /**
     * Creates an empty table.
     *
     * @param observability tells what sees the observations of requests
     */
    public ControllerRoutes(
            ApplicationContext context,
            ControllerOptions options,
            Supplier<Observability> observability) {
        this.context = context;
        this.options = options;
        this.observability = observability;
    }

    /**
     * Compiles now, or prepares it for {@link #start}.
     *
     * @param restriction what stands between server and application, or null
     * @param door takes the routes of the direct lane, on the thread that has compiled them
     * @throws ConfigurationRefusedException if {@code @FastPath} or {@code @ShardBy} cannot be
     *     honoured
     */
    public void compile(@Nullable LaneRestriction restriction, Consumer<List<Route>> door) {
        end.dispatchBy(null, null);
        alone = null;
        LaneRestriction closed = closed(restriction);
        if (closed != null) {
            others = RouteListing.others(mappings());
            leaveAll(closed);
            return;
        }
        DispatcherHandler handler = context.getBean("webHandler", DispatcherHandler.class);
        DispatchParts parts = DispatchParts.of(handler, context);
        end.dispatchBy(new Dispatcher(parts, Map.of(), counters), handler);
        others = RouteListing.others(parts.mappings());
        others.forEach(each -> counters(each));
        Compilation compilation = compilation(restriction, parts);
        Runnable compiling = () -> compile(compilation, parts, handler, door);
        if (!sharded().keys().isEmpty()
                || methods().values().stream().anyMatch(ControllerOptions::asksFor)) {
            compiling.run();
            return;
        }
        CompletableFuture<Void> compiled = new CompletableFuture<>();
        done = compiled;
        pending.set(() -> compileAside(compiling, compiled));
    }

    /** Returns why all requests stay with the application's own dispatcher, or null. */
    private @Nullable LaneRestriction closed(@Nullable LaneRestriction restriction) {
        if (restriction != null && restriction.best() == Lane.WEBFLUX) {
            return restriction;
        }
        if (options.choice() == ControllerOptions.Choice.OFF) {
            return LaneRestriction.of(Reason.SWITCHED_OFF, Lane.WEBFLUX);
        }
        return context.getBean("webHandler").getClass() == DispatcherHandler.class
                ? null
                : LaneRestriction.of(Reason.OWN_HANDLER, Lane.WEBFLUX, "WebHandler");
    }

    private Map<RequestMappingInfo, HandlerMethod> methods() {
        Map<RequestMappingInfo, HandlerMethod> all = new LinkedHashMap<>();
        BeanFactoryUtils.beansOfTypeIncludingAncestors(context, RequestMappingHandlerMapping.class)
                .values()
                .forEach(mapping -> all.putAll(mapping.getHandlerMethods()));
        return all;
    }

    private Compilation compilation(@Nullable LaneRestriction restriction, DispatchParts parts) {
        WebFluxCustomizationDetector customizations = new WebFluxCustomizationDetector(context);
        LaneRestriction why = restriction == null ? customizations.ofApplication() : restriction;
        Compilation.Direct direct = null;
        if (why == null) {
            try {
                direct = direct(parts, customizations);
            } catch (NotCompilableException ex) {
                why = ex.restriction();
            }
        }
        return new Compilation(
                methods(),
                new PlanCompiler(context, parts, customizations),
                options,
                counters,
                direct,
                why);
    }

    private Compilation.Direct direct(
            DispatchParts parts, WebFluxCustomizationDetector customizations)
            throws NotCompilableException {
        Observability seen = observability.get();
        if (seen.watcher() != null) {
            throw new NotCompilableException(Reason.OBSERVED, seen.watcher());
        }
        WebFluxInfrastructure infrastructure = WebFluxInfrastructure.of(context, parts);
        MethodCompiler compiler =
                new MethodCompiler(
                        infrastructure, customizations, sharded(), options, seen.observed());
        return new Compilation.Direct(
                compiler, RouteListing.ahead(parts.mappings(), infrastructure.mapping()));
    }

    /** Compiles on a thread of its own if that was left for later. */
    public void start() {
        Runnable claimed = pending.getAndSet(null);
        if (claimed != null) {
            Thread thread = new Thread(claimed, "fasterapi-compiler");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void compileAside(Runnable compiling, CompletableFuture<Void> compiled) {
        try {
            compiling.run();
        } catch (RuntimeException | Error ex) {
            if (context instanceof ConfigurableApplicationContext own && own.isClosed()) {
                LOGGER.debug("controllers are not compiled, since the application has ended", ex);
            } else {
                LOGGER.error(
                        "FasterAPI: compiling the controllers failed; the lane webflux serves all requests",
                        ex);
                end.dispatchBy(null, null);
                leaveAll(
                        LaneRestriction.of(
                                Reason.CUSTOMISED, Lane.WEBFLUX, "compiling failed: " + ex));
            }
        } finally {
            compiled.complete(null);
        }
    }

    private void compile(
            Compilation compilation,
            DispatchParts parts,
            DispatcherHandler handler,
            Consumer<List<Route>> door) {
        Compilation.Outcome outcome = compilation.run();
        settle(outcome.mappings());
        end.dispatchBy(new Dispatcher(parts, outcome.plans(), counters), handler);
        if (!outcome.routes().isEmpty()) {
            door.accept(outcome.routes());
        }
        summarise();
    }

    private void settle(Map<CompiledMapping, MappingCounters> all) {
        ControllerOptions.check(all.keySet());
        sharded().check(all.keySet());
        mappings = all;
    }

    private List<HandlerMapping> mappings() {
        return BeanFactoryUtils.beansOfTypeIncludingAncestors(context, HandlerMapping.class)
                .values()
                .stream()
                .sorted(AnnotationAwareOrderComparator.INSTANCE)
                .toList();
    }

    private void leaveAll(LaneRestriction why) {
        alone = why;
        Map<CompiledMapping, MappingCounters> all = new LinkedHashMap<>();
        methods()
                .forEach(
                        (info, method) -> {
                            for (PathPattern pattern : info.getPatternsCondition().getPatterns()) {
                                CompiledMapping left =
                                        CompiledMapping.of(info, pattern, method, null, why);
                                all.put(left, left.counters(counters));
                            }
                        });
        settle(all);
        summarise();
    }

    private void summarise() {
        Map<Lane, Integer> lanes = new EnumMap<>(Lane.class);
        String why = "";
        for (CompiledMapping mapping : mappings.keySet()) {
            lanes.merge(mapping.lane(), 1, Integer::sum);
            if (mapping.restriction() != null && why.isEmpty()) {
                why = " (" + mapping.restriction().text() + ")";
            }
        }
        String counts =
                lanes.entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey().label())
                        .collect(Collectors.joining(", "));
        LOGGER.info(
                "FasterAPI: controller mappings: "
                        + (lanes.isEmpty() ? "none" : counts)
                        + (lanes.size() == 1 ? why : ""));
    }

    /** Returns the last filter of the application's chain, which dispatches requests. */
    public WebFilter end() {
        return end;
    }

    /** Returns the counters of the lanes. */
    public LaneCounters counters() {
        return counters;
    }

    /** Returns the shard key of a controller method, or null. */
    public @Nullable ShardKey shardKeyOf(HandlerMethod method) {
        return sharded().keyOf(method);
    }

    private ShardedMethods sharded() {
        ShardedMethods known = sharded;
        if (known == null) {
            known = ShardedMethods.of(context);
            sharded = known;
        }
        return known;
    }

    /** Waits until everything is compiled, if the server has started. */
    public void awaitCompiled() {
        Runnable claimed = pending.getAndSet(null);
        if (claimed != null) {
            claimed.run();
        }
        done.join();
    }

    private String placement(String method, CompiledMapping mapping) {
        Placements all = options.placements();
        RoutePlacement placement =
                sharded().keyOf(mapping.handler()) == null
                        ? all.of(
                                method,
                                mapping.pattern(),
                                RequestPlacements.declared(mapping.handler()))
                        : all.sharded(method, mapping.pattern());
        return placement.describe();
    }

    /** Returns the lane of each mapping. Waits until everything is compiled. */
    public List<RouteReport> report() {
        awaitCompiled();
        List<RouteReport> rows = new ArrayList<>();
        mappings.forEach(
                (mapping, own) -> {
                    LaneRestriction restriction = mapping.restriction();
                    List<String> methods =
                            mapping.methods().isEmpty()
                                    ? List.of("*")
                                    : List.copyOf(mapping.methods());
                    for (String method : methods) {
                        rows.add(
                                new RouteReport(
                                        method,
                                        mapping.pattern(),
                                        BatchedMethod.describe(mapping.handler()),
                                        mapping.lane().label(),
                                        placement(method, mapping),
                                        restriction == null
                                                ? "no WebFilter applies"
                                                : restriction.text(),
                                        own.calls(),
                                        own.reasons(),
                                        alone == null ? null : WEBFLUX_COUNTS));
                    }
                });
        for (RouteListing.Entry other : others) {
            rows.add(report(other));
        }
        return rows;
    }

    private RouteReport report(RouteListing.Entry other) {
        boolean closed = alone != null;
        MappingCounters own = closed ? null : counters(other);
        RoutePlacement placement = options.placements().find(UNMAPPED);
        return new RouteReport(
                other.method(),
                other.pattern(),
                other.handler(),
                (closed ? Lane.WEBFLUX : Lane.FILTERED).label(),
                placement == null ? options.placements().fallback().label() : placement.describe(),
                alone == null ? "no controller method" : alone.text(),
                own == null ? Map.of() : own.calls(),
                own == null ? Map.of() : own.reasons(),
                closed ? WEBFLUX_COUNTS : own == null ? NOT_TOLD : null);
    }

    private @Nullable MappingCounters counters(RouteListing.Entry other) {
        Function<LaneCounters, MappingCounters> made = other.counters();
        return made == null ? null : made.apply(counters);
    }
}
