package io.fasterapi.autoconfigure;

import io.fasterapi.admission.Admission;
import io.fasterapi.admission.ConcurrencyLimiter;
import io.fasterapi.admission.EventLoopLag;
import io.fasterapi.admission.Refusals;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.core.CoreMonitor;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.ThreadOptions;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.netty.Connections;
import io.fasterapi.netty.FailureAnswer;
import io.fasterapi.netty.FrontDoor;
import io.fasterapi.netty.SideDoor;
import io.fasterapi.netty.SideDoorOptions;
import io.fasterapi.netty.Workers;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteRecorder;
import io.fasterapi.route.RouteTree;
import io.fasterapi.spring.BeanMaker;
import io.fasterapi.spring.server.EarlySettings;
import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.server.ServerThreads;
import io.fasterapi.spring.webflux.compile.ControllerOptions;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.dispatch.ConfiguredPlacements;
import io.fasterapi.spring.webflux.dispatch.RequestPlacements;
import io.fasterapi.spring.webflux.invoke.FallbackAnswer;
import io.fasterapi.spring.webflux.route.ApplicationFailureAnswer;
import io.fasterapi.spring.webflux.route.DirectLane;
import io.fasterapi.spring.webflux.route.DirectRoutes;
import io.fasterapi.watchdog.Stall;
import io.fasterapi.watchdog.StallListener;
import io.fasterapi.watchdog.StallLog;
import io.fasterapi.watchdog.Watchdog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.system.JavaVersion;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.util.function.SingletonSupplier;

/**
 * Creates the parts that serve an application on its own Netty server. It asks for beans of the
 * application only when the server starts, because they may depend on what is created here. At
 * start-up only.
 */
final class ServerAssembly {

    /** Finds out how fast routes are recorded. On the thread that starts the server. */
    @FunctionalInterface
    interface RouteRecorders {

        /**
         * Looks up the beans and returns a function that creates a recorder for a number of routes.
         */
        IntFunction<RouteRecorder> resolve();
    }

    private static final String GATEWAY = "routePredicateHandlerMapping";

    private final ConfigurableApplicationContext context;
    private final ConfigurableListableBeanFactory beans;
    private final HandlerCores cores;
    private final FasterApiProperties properties;

    ServerAssembly(
            ConfigurableApplicationContext context,
            HandlerCores cores,
            FasterApiProperties properties) {
        this.context = context;
        this.beans = context.getBeanFactory();
        this.cores = cores;
        this.properties = properties;
    }

    ServerParts parts() {
        Environment environment = context.getEnvironment();
        FasterApiProperties.Admission limits = properties.admission();
        ConcurrencyLimiter limiter = new ConcurrencyLimiter(limits.maxInFlight());
        ThreadWorkers threadWorkers = threadWorkers();
        Refusals refusals = beans.getBean(Refusals.class);
        EventLoopLag eventLoopLag = limits.eventLoopLag(cores.pauses());
        Admission admission =
                new Admission(
                        limiter,
                        properties.deadlines(),
                        eventLoopLag,
                        refusals.with(Workers.queues(cores, threadWorkers, limiter, eventLoopLag)));
        Placements placements =
                new Placements(
                        properties.placement().fallback(),
                        properties.placement().configured()::of,
                        limits.limits(environment));
        cores.useThreads(threadWorkers);
        Workers workers = new Workers(cores, threadWorkers, admission);
        CoreMonitor monitor = new CoreMonitor(cores);
        monitor.add(() -> placements.overload().look(System.nanoTime()));
        ServerThreads threads =
                new ServerThreads(
                        context,
                        monitor,
                        limiter,
                        properties.watchdog().enabled() ? watchdog(placements) : null,
                        properties.io().count(),
                        properties.cores().stopTimeout());
        ControllerRoutes controllers = controllers(placements, refusals);
        FrontDoor frontDoor = new FrontDoor();
        return new ServerParts(
                threads,
                workers,
                placements,
                requestPlacements(placements, controllers, admission.isAskedInline()),
                controllers,
                SingletonSupplier.of(() -> routes(workers, placements, controllers, frontDoor)),
                frontDoor,
                new Connections(
                        properties.limits().limits(), limits.essentials(environment), refusals),
                new EarlySettings(basePath() != null));
    }

    /** Virtual threads on JDK 21 and later, else the configured number of platform threads. */
    private ThreadWorkers threadWorkers() {
        ThreadOptions options =
                new ThreadOptions(
                        properties.placement().threads(),
                        properties.cores().ringSize(),
                        properties.admission().queueTimeLimit());
        if (!JavaVersion.getJavaVersion().isEqualOrNewerThan(JavaVersion.TWENTY_ONE)) {
            return ThreadWorkers.platform(options, cores.pauses());
        }
        SimpleAsyncTaskExecutor starter = new SimpleAsyncTaskExecutor("fasterapi-virtual-");
        starter.setVirtualThreads(true);
        return ThreadWorkers.virtual(starter, starter::close, options, cores.pauses());
    }

    /**
     * Creates the watchdog. It calls the application's listeners, logs unless one of them does, and
     * moves routes.
     */
    private Watchdog watchdog(Placements placements) {
        StallLog log = new StallLog();
        return new Watchdog(
                properties.watchdog().options(),
                () -> {
                    List<StallListener> listeners =
                            new ArrayList<>(
                                    beans.getBeanProvider(StallListener.class)
                                            .orderedStream()
                                            .toList());
                    if (listeners.stream().noneMatch(StallLog.class::isInstance)) {
                        listeners.add(log);
                    }
                    listeners.add(stall -> stalled(stall, placements));
                    return listeners;
                });
    }

    /** Moves a route from the event loop that it holds up, if its placement is auto. */
    private static void stalled(Stall stall, Placements placements) {
        String name =
                stall.route() instanceof Route route
                        ? route.method() + " " + route.uri()
                        : String.valueOf(stall.route());
        RoutePlacement placement = stall.eventLoop() ? placements.find(name) : null;
        if (placement != null) {
            placement.stalled(stall.heldFor().toNanos());
        }
    }

    private ControllerRoutes controllers(Placements placements, Refusals refusals) {
        ControllerOptions options =
                new ControllerOptions(
                        properties.fastLane().controllers(),
                        placements,
                        properties.routes().maxBodyBytes(),
                        refusals);
        return new ControllerRoutes(context, options, new ObservationBeans(context)::seen);
    }

    private RequestPlacements requestPlacements(
            Placements placements, ControllerRoutes controllers, boolean asked) {
        return new RequestPlacements(
                context,
                placements,
                configuredPlacements(),
                basePath(),
                controllers::shardKeyOf,
                asked);
    }

    /** A gateway's requests have no mapping, and its filters are made for event loops. */
    private ConfiguredPlacements configuredPlacements() {
        if (properties.placement().fallback() != Placement.AUTO || !beans.containsBean(GATEWAY)) {
            return properties.placement().configured();
        }
        Map<String, Placement> routes = new HashMap<>(properties.placement().routes());
        routes.putIfAbsent("/**", Placement.INLINE);
        return new ConfiguredPlacements(routes);
    }

    private @Nullable String basePath() {
        WebFluxProperties known = beans.getBeanProvider(WebFluxProperties.class).getIfAvailable();
        return known == null ? null : known.getBasePath();
    }

    /**
     * Puts the application's {@link FastRoutes} on the direct lane if that is safe, else into
     * WebFlux.
     */
    private DirectRoutes routes(
            Workers workers,
            Placements placements,
            ControllerRoutes controllers,
            FrontDoor frontDoor) {
        List<Route> all =
                beans.getBeanProvider(FastRoutes.class)
                        .orderedStream()
                        .flatMap(some -> some.routes().stream())
                        .toList();
        return new DirectRoutes(
                all,
                basePath(),
                new DirectLane(
                        beans, FasterApiAutoConfiguration.WEBFLUX_CUSTOMIZER, isStockHandler()),
                placements,
                () -> doors(workers, placements, frontDoor),
                controllers::compile);
    }

    private boolean isStockHandler() {
        String[] names = beans.getBeanNamesForType(HttpHandler.class, true, false);
        return names.length == 1
                && BeanMaker.isOf(beans, names[0], HttpHandlerAutoConfiguration.class.getName());
    }

    private Function<RouteTree, SideDoor> doors(
            Workers workers, Placements placements, FrontDoor frontDoor) {
        SideDoorOptions options =
                new SideDoorOptions(
                        placements,
                        workers.threads(),
                        beans.getBean(JsonCodec.class),
                        beans.getBean(BodyWriters.class),
                        beans.getBeanProvider(FailureAnswer.class).getIfAvailable(this::failures),
                        workers.admission(),
                        properties.routes().maxBodyBytes());
        IntFunction<RouteRecorder> recorders =
                beans.getBeanProvider(RouteRecorders.class)
                        .getIfAvailable(() -> () -> routes -> RouteRecorder.none())
                        .resolve();
        return tree -> {
            RouteRecorder recorder = recorders.apply(tree.routes().size());
            SideDoor door = new SideDoor(tree, cores, options, recorder);
            frontDoor.add(door);
            return door;
        };
    }

    private FailureAnswer failures() {
        return new FallbackAnswer(
                new ApplicationFailureAnswer(context), () -> context.getBean(HttpHandler.class));
    }
}
