package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.fasterapi.batch.BatchWorkers;
import io.fasterapi.batch.Batchers;
import io.fasterapi.cores.CoreOptions;
import io.fasterapi.cores.HandlerCores;
import io.fasterapi.cores.ThreadWorkers;
import io.fasterapi.exchange.Admission;
import io.fasterapi.exchange.InFlight;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.metrics.BatchMeters;
import io.fasterapi.metrics.ConnectionMeters;
import io.fasterapi.metrics.PlacementMeters;
import io.fasterapi.metrics.PoolMeters;
import io.fasterapi.metrics.RingMeters;
import io.fasterapi.metrics.WatchdogMeters;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.pool.ObjectPools;
import io.fasterapi.pool.PoolCapacity;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.server.ConnectionLimits;
import io.fasterapi.server.Connections;
import io.fasterapi.server.FailureAnswer;
import io.fasterapi.server.FrontDoor;
import io.fasterapi.server.SideDoorOptions;
import io.fasterapi.server.Workers;
import io.fasterapi.spring.aside.CoreCallAdapter;
import io.fasterapi.spring.aside.CoresAside;
import io.fasterapi.spring.scope.CoreBeanScope;
import io.fasterapi.spring.scope.CoreScopeEnd;
import io.fasterapi.spring.server.CoreServerCustomizer;
import io.fasterapi.spring.server.ServerThreads;
import io.fasterapi.spring.server.ServerWatchdog;
import io.fasterapi.spring.server.ShutdownSignal;
import io.fasterapi.spring.webflux.batch.BatchRefusals;
import io.fasterapi.spring.webflux.batch.BatchRoutes;
import io.fasterapi.spring.webflux.batch.BatchedMethodAdapter;
import io.fasterapi.spring.webflux.compile.ControllerOptions;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.compile.Observability;
import io.fasterapi.spring.webflux.dispatch.ConfiguredPlacements;
import io.fasterapi.spring.webflux.dispatch.CoreHttpHandler;
import io.fasterapi.spring.webflux.dispatch.CoreWebSocketAdapters;
import io.fasterapi.spring.webflux.dispatch.HopCalibration;
import io.fasterapi.spring.webflux.dispatch.RequestPlacements;
import io.fasterapi.spring.webflux.dispatch.StallDemotion;
import io.fasterapi.spring.webflux.route.DirectRoutes;
import io.fasterapi.spring.webflux.route.FastRouteAdapter;
import io.fasterapi.spring.webflux.route.FastRouteMapping;
import io.fasterapi.spring.webflux.route.JacksonJsonCodec;
import io.fasterapi.watch.StallLog;
import io.fasterapi.watch.Watchdog;
import io.fasterapi.watch.WatchdogOptions;
import io.fasterapi.write.BodyWriters;
import io.fasterapi.write.BytesBodyWriter;
import io.fasterapi.write.FileTypes;
import io.fasterapi.write.JsonBodyWriter;
import io.fasterapi.write.TextBodyWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.autoconfigure.NettyReactiveWebServerAutoConfiguration;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Each bean of ours gives way to the user's bean of its type. */
class BackOffTest {

    private static final FastRoutes ROUTES =
            FastRoutes.builder().get("/a", (request, response) -> response.end()).build();

    private final ReactiveWebApplicationContextRunner runner =
            new ReactiveWebApplicationContextRunner()
                    .withConfiguration(
                            AutoConfigurations.of(
                                    JacksonAutoConfiguration.class,
                                    CodecsAutoConfiguration.class,
                                    WebFluxAutoConfiguration.class,
                                    HttpHandlerAutoConfiguration.class,
                                    NettyReactiveWebServerAutoConfiguration.class,
                                    FasterApiAutoConfiguration.class,
                                    LibraryAutoConfiguration.class,
                                    SteppingAsideAutoConfiguration.class))
                    .withBean(FastRoutes.class, () -> ROUTES);

    static Stream<Object> beans() {
        return Stream.concat(serving(), placing());
    }

    private static Stream<Object> serving() {
        HandlerCores cores = new HandlerCores(CoreOptions.defaults());
        InFlight inFlight = new InFlight();
        JsonCodec json = new JacksonJsonCodec(JsonMapper.builder().build());
        GenericApplicationContext other = new GenericApplicationContext();
        other.refresh();
        ServerThreads threads = new ServerThreads(other, cores, inFlight, 1, Duration.ZERO);
        DirectRoutes routes = mock(DirectRoutes.class);
        ObjectPools pools = new ObjectPools(name -> PoolCapacity.defaults());
        Batchers batchers = new Batchers(BatchWorkers.schedulers());
        Watchdog watchdog = new Watchdog(WatchdogOptions.defaults(), List::of);
        FrontDoor frontDoor = new FrontDoor();
        Connections connections = new Connections(ConnectionLimits.none(), path -> false);
        return Stream.of(
                cores,
                inFlight,
                threads,
                new ShutdownSignal(threads),
                json,
                routes,
                FailureAnswer.plain(),
                new SideDoorOptions(Placement.INLINE, json, FailureAnswer.plain(), inFlight, 16),
                new CoreServerCustomizer(threads, connections, frontDoor, routes, false),
                frontDoor,
                connections,
                new ConnectionMeters(connections),
                Admission.of(inFlight),
                new RingMeters(cores, inFlight),
                RouteRecorders.NONE,
                new FastRouteMapping(routes),
                new FastRouteAdapter(json, BodyWriters.of(json), 16),
                new TextBodyWriter(),
                new BytesBodyWriter(),
                new JsonBodyWriter(json),
                BodyWriters.of(json),
                FileTypes.unknown(),
                pools,
                new PoolMeters(pools),
                batchers,
                new BatchMeters(batchers),
                new BatchRoutes(() -> batchers, template -> null, route -> {}),
                new BatchedMethodAdapter(RequestMappingHandlerAdapter::new),
                new BatchRefusals(),
                new StallLog(),
                watchdog,
                new ServerWatchdog(other, watchdog, cores),
                new WatchdogMeters(watchdog));
    }

    /** What decides where requests run, and what is called or made there. */
    private static Stream<Object> placing() {
        HandlerCores cores = new HandlerCores(CoreOptions.defaults());
        ThreadWorkers threads = ThreadWorkers.pooled();
        Placements placements = Placements.of(Placement.CORE);
        GenericApplicationContext other = new GenericApplicationContext();
        other.refresh();
        ControllerRoutes controllers =
                new ControllerRoutes(
                        other,
                        new ControllerOptions(ControllerOptions.Choice.AUTO, placements, 16),
                        () -> new Observability(null, false));
        CoreBeanScope scope = new CoreBeanScope(() -> cores);
        CoresAside aside =
                new CoresAside(
                        () -> cores,
                        other.getBeanFactory(),
                        template -> null,
                        Placement.AUTO,
                        true,
                        Duration.ZERO);
        return Stream.of(
                placements,
                new RequestPlacements(
                        other,
                        placements,
                        new ConfiguredPlacements(Map.of()),
                        null,
                        method -> null,
                        false),
                new HopCalibration(other, cores, placements),
                new StallDemotion(placements),
                threads,
                new Workers(cores, threads, Admission.of(new InFlight())),
                new PlacementMeters(placements, threads, new FrontDoor()),
                controllers,
                new LaneMeters(controllers.counters()),
                new CoreWebSocketAdapters(() -> cores),
                scope,
                new CoreScopeEnd(scope, other, Duration.ZERO),
                aside,
                new CoreCallAdapter(aside, Stream::empty));
    }

    @ParameterizedTest
    @MethodSource("beans")
    <T> void usersBeanWins(T bean) {
        Class<T> type = contract(bean);
        runner.withBean("users", type, () -> bean)
                .run(
                        context -> {
                            assertThat(context).hasNotFailed().hasSingleBean(type);
                            assertThat(context.getBean(type)).isSameAs(bean);
                        });
    }

    /** The type by which the bean is asked for: an interface if it is one of ours. */
    @SuppressWarnings("unchecked")
    private static <T> Class<T> contract(T bean) {
        for (Class<?> type :
                List.of(
                        JsonCodec.class,
                        FailureAnswer.class,
                        RouteRecorders.class,
                        FileTypes.class)) {
            if (type.isInstance(bean)) {
                return (Class<T>) type;
            }
        }
        return (Class<T>) bean.getClass();
    }

    @Test
    void withoutUsersBeansEachIsThereOnce() {
        runner.run(
                context -> {
                    assertThat(context).hasNotFailed();
                    beans().forEach(bean -> assertThat(context).hasSingleBean(contract(bean)));
                    assertThat(context.getBean(JsonCodec.class))
                            .isInstanceOf(JacksonJsonCodec.class);
                });
    }

    /** A bean that is ours and replaceable is in the list above. */
    @Test
    void everyReplaceableBeanIsTried() {
        runner.run(
                context -> {
                    List<Class<?>> tried = beans().<Class<?>>map(BackOffTest::contract).toList();
                    List<Class<?>> replaceable = replaceable(context.getBeanFactory());
                    assertThat(replaceable)
                            .isNotEmpty()
                            .allMatch(
                                    made ->
                                            tried.stream()
                                                    .anyMatch(type -> type.isAssignableFrom(made)));
                });
    }

    private static List<Class<?>> replaceable(ConfigurableListableBeanFactory beans) {
        List<Class<?>> types = new ArrayList<>();
        for (String name : beans.getBeanDefinitionNames()) {
            if (name.startsWith("fasterApi")
                    && beans.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition
                    && definition.getFactoryMethodMetadata() != null
                    && definition
                            .getFactoryMethodMetadata()
                            .isAnnotated(ConditionalOnMissingBean.class.getName())) {
                types.add(beans.getType(name));
            }
        }
        return types;
    }

    @Test
    void usersMapperIsTheOneOfDirectRoutes() {
        JsonMapper mapper = JsonMapper.builder().build();
        runner.withBean("users", JsonMapper.class, () -> mapper)
                .run(
                        context ->
                                assertThat(context.getBean(JsonCodec.class))
                                        .extracting("mapper")
                                        .isSameAs(mapper));
    }

    @Test
    void usersServerFactoryOfNettyIsUsed() {
        NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory();
        runner.withBean("users", NettyReactiveWebServerFactory.class, () -> factory)
                .run(
                        context -> {
                            assertThat(context.getBean(NettyReactiveWebServerFactory.class))
                                    .isSameAs(factory);
                            assertThat(context).hasSingleBean(HandlerCores.class);
                        });
    }

    @Test
    void usersHandlerOfRequestsStaysItself() {
        HttpHandler handler = (request, response) -> response.setComplete();
        runner.withBean("users", HttpHandler.class, () -> handler)
                .run(context -> assertThat(context.getBean(HttpHandler.class)).isSameAs(handler));
    }

    /** Customizers add up: the user's are applied first, so that ours stays outermost. */
    @Test
    void usersCustomizersAreAppliedBeforeOurs() {
        runner.withBean("users", WebHttpHandlerBuilderCustomizer.class, () -> builder -> {})
                .run(
                        context -> {
                            List<WebHttpHandlerBuilderCustomizer> customizers =
                                    context.getBeanProvider(WebHttpHandlerBuilderCustomizer.class)
                                            .orderedStream()
                                            .toList();
                            assertThat(customizers).hasSize(2);
                            WebHttpHandlerBuilder builder =
                                    WebHttpHandlerBuilder.webHandler(
                                            exchange -> exchange.getResponse().setComplete());
                            customizers.get(1).customize(builder);
                            assertThat(builder.build()).isInstanceOf(CoreHttpHandler.class);
                        });
    }
}
