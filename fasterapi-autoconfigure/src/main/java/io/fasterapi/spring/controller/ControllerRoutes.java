package io.fasterapi.spring.controller;

import io.fasterapi.placement.Placements;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteTree;
import io.fasterapi.route.ShardKey;
import io.fasterapi.spring.controller.Compilation.Lesson;
import io.fasterapi.spring.webflux.batch.BatchedMethod;
import io.fasterapi.spring.webflux.dispatch.RequestPlacements;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.Obstacle;
import io.fasterapi.spring.webflux.route.RouteReport;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;

/**
 * The controller methods of an application: which of them a fast lane calls, and why the others
 * stay on WebFlux. Compiled once, when the server starts; read by all threads.
 */
public final class ControllerRoutes implements SmartLifecycle {

    /*
     * Compiling takes a fraction of a millisecond per method, in code that the JVM has not compiled
     * yet. So it happens on a thread of its own once the server has started, and until it is done
     * WebFlux serves everything, with the same answers. Only where a method asks for the direct lane
     * does the start-up wait, because it must fail if the method cannot have it; and where one has a
     * shard key, because until then its requests would run on any core.
     */
    private static final Log LOGGER = LogFactory.getLog(ControllerRoutes.class);

    private final ApplicationContext context;
    private final JsonBodies json;
    private final ControllerOptions options;
    private final Supplier<@Nullable String> observers;
    private final LaneCounters counters = new LaneCounters();
    private final FilteredLane end = new FilteredLane();
    private volatile Map<Method, Lesson> compiled = Map.of();
    private volatile List<Mapped> mappings = List.of();
    private volatile Lane lane = Lane.WEBFLUX;
    private volatile @Nullable String reason;
    private volatile CompletableFuture<Void> done = CompletableFuture.completedFuture(null);
    private final AtomicReference<@Nullable Runnable> pending = new AtomicReference<>();
    private volatile @Nullable ShardedMethods sharded;
    private volatile boolean running;

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
     * Compiles what can be compiled: on a thread of its own after {@link #start}, or before this
     * returns if a method asks for the direct lane by name or has a shard key.
     *
     * @param obstacle what stands before every handler of the application, or null
     * @param door takes the direct routes, with those that keep requests for WebFlux, on the thread
     *     that compiles; is not called if the application's filters come first
     * @throws FastPathRefusedException if a method asks for the direct lane and cannot have it
     * @throws ShardByRefusedException if a method's shard key can be none
     */
    public void compile(@Nullable Obstacle obstacle, Consumer<List<Route>> door) {
        decide(obstacle);
        end.serveNothing();
        WebFluxParts parts;
        Compilation compilation;
        GlobalCors cors;
        String closed = lane == Lane.WEBFLUX ? reason : null;
        try {
            if (closed != null) {
                throw new NotCompilable(closed);
            }
            parts = WebFluxParts.of(context);
            cors = lane == Lane.FILTERED ? GlobalCors.of(context, parts.mapping()) : null;
            compilation = compilation(parts);
        } catch (NotCompilable ex) {
            leaveAll(ex.reason());
            return;
        }
        if (!sharded().keys().isEmpty()
                || ControllerOptions.isAskedFor(parts.mapping().getHandlerMethods().values())) {
            compile(compilation, cors, door);
            return;
        }
        CompletableFuture<Void> compiling = new CompletableFuture<>();
        done = compiling;
        pending.set(() -> compileAside(compilation, cors, door, compiling));
        if (running) {
            startPending(); // something that needs this bean has started it before the server
        }
    }

    @Override
    public void start() {
        running = true;
        startPending();
    }

    private void startPending() {
        Runnable claimed = pending.getAndSet(null);
        if (claimed != null) {
            Thread thread = new Thread(claimed, "fasterapi-compiler");
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }

    /** After the web server, at whose start it is decided what there is to compile. */
    @Override
    public int getPhase() {
        return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE + 1;
    }

    private Compilation compilation(WebFluxParts parts) throws NotCompilable {
        MethodCompiler compiler =
                new MethodCompiler(
                        parts,
                        context,
                        json,
                        options.mostBytes(),
                        lane == Lane.FILTERED,
                        sharded());
        List<PathShape> ahead = MappingsAhead.of(parts.mappings(), parts.mapping());
        return new Compilation(parts, compiler, ahead, options, counters, lane);
    }

    private void compileAside(
            Compilation compilation,
            @Nullable GlobalCors cors,
            Consumer<List<Route>> door,
            CompletableFuture<Void> compiling) {
        try {
            compile(compilation, cors, door);
        } catch (RuntimeException | Error ex) {
            if (context instanceof ConfigurableApplicationContext own && own.isClosed()) {
                LOGGER.debug("controllers not compiled, the application has ended", ex);
            } else {
                LOGGER.error("FasterAPI: controllers stay on WebFlux, compiling them failed", ex);
                leaveAll("compiling failed: " + ex);
            }
        } finally {
            compiling.complete(null);
        }
    }

    private void compile(
            Compilation compilation, @Nullable GlobalCors cors, Consumer<List<Route>> door) {
        Compilation.Outcome outcome;
        try {
            outcome = compilation.run();
        } catch (NotCompilable ex) {
            leaveAll(ex.reason());
            return;
        }
        FastPathRefusedException.check(outcome.mappings(), lane == Lane.DIRECT ? null : reason);
        sharded().check(outcome.mappings(), lane == Lane.DIRECT ? null : reason);
        compiled = outcome.lessons();
        mappings = outcome.mappings();
        List<Route> routes = outcome.routes();
        if (lane == Lane.FILTERED) {
            end.serve(RouteTree.of(routes), cors);
        } else if (!routes.isEmpty()) {
            door.accept(routes);
        }
        summarise();
    }

    /** No method is compiled. */
    private void leaveAll(String why) {
        lane = Lane.WEBFLUX;
        reason = why;
        compiled = Map.of();
        List<Mapped> all = new ArrayList<>();
        BeanFactoryUtils.beansOfTypeIncludingAncestors(context, RequestMappingHandlerMapping.class)
                .values()
                .forEach(each -> all.addAll(Compilation.left(each.getHandlerMethods(), why)));
        FastPathRefusedException.check(all, why);
        sharded().check(all, why);
        mappings = List.copyOf(all);
        summarise();
    }

    private void summarise() {
        List<Mapped> all = mappings;
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

    /** Returns what counts the calls of compiled methods. */
    public LaneCounters counters() {
        return counters;
    }

    /**
     * Returns the key by which requests of a method are sharded, or null. At start-up.
     *
     * @throws ShardByRefusedException if a method's shard key can be none
     */
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

    /**
     * Waits until the methods are compiled, which takes a moment after the server's start; before
     * {@link #start} compiles them.
     */
    public void awaitCompiled() {
        Runnable claimed = pending.getAndSet(null);
        if (claimed != null) {
            claimed.run();
        }
        done.join();
    }

    private String placement(String method, Mapped mapped) {
        Placements all = options.placements();
        RoutePlacement placement =
                sharded().keyOf(mapped.handler()) == null
                        ? all.of(
                                method,
                                mapped.pattern(),
                                RequestPlacements.declared(mapped.handler()))
                        : all.sharded(method, mapped.pattern());
        return placement.describe();
    }

    /**
     * Returns every mapping of a controller with its lane and the reason for it, once they are
     * compiled; waits until then.
     */
    public List<RouteReport> report() {
        awaitCompiled();
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
                                BatchedMethod.describe(mapped.handler()),
                                (fast ? lane : Lane.WEBFLUX).label(),
                                placement(method, mapped),
                                fast ? first : mapped.reason()));
            }
        }
        return rows;
    }
}
