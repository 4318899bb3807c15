package io.fasterapi.autoconfigure;

import io.fasterapi.cores.HandlerCores;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.placement.Placements;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.Route;
import io.fasterapi.route.RouteRecorder;
import io.fasterapi.route.RouteTree;
import io.fasterapi.server.FailureAnswer;
import io.fasterapi.server.FrontDoor;
import io.fasterapi.server.SideDoor;
import io.fasterapi.server.SideDoorOptions;
import io.fasterapi.server.Workers;
import io.fasterapi.spring.beans.BeanMaker;
import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.route.DirectLane;
import io.fasterapi.spring.webflux.route.DirectRoutes;
import io.fasterapi.spring.webflux.route.FastRouteAdapter;
import io.fasterapi.spring.webflux.route.FastRouteMapping;
import io.fasterapi.write.BodyWriters;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.WebFluxProperties;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/** The application's {@link FastRoutes}: on the direct lane if that is safe, else in WebFlux. */
@Configuration(proxyBeanMethods = false)
class DirectRouteConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SideDoorOptions fasterApiSideDoorOptions(
            FasterApiProperties properties,
            Placements placements,
            Workers workers,
            JsonCodec json,
            BodyWriters writers,
            FailureAnswer failures) {
        return new SideDoorOptions(
                placements,
                workers.threads(),
                json,
                writers,
                failures,
                workers.admission(),
                properties.routes().maxBodyBytes());
    }

    @Bean
    @ConditionalOnMissingBean
    DirectRoutes fasterApiDirectRoutes(
            ConfigurableListableBeanFactory beans,
            ObjectProvider<FastRoutes> routes,
            ObjectProvider<WebFluxProperties> webFlux,
            ObjectProvider<RouteRecorders> recorders,
            FasterApiProperties fasterApi,
            ControllerRoutes controllers) {
        List<Route> all = routes.orderedStream().flatMap(some -> some.routes().stream()).toList();
        WebFluxProperties properties = webFlux.getIfAvailable();
        String basePath = properties == null ? null : properties.getBasePath();
        RouteRecorders recorder = recorders.getIfAvailable(() -> RouteRecorders.NONE);
        Supplier<Function<RouteTree, SideDoor>> doors =
                () -> doors(beans, recorder, beans.getBean(SideDoorOptions.class));
        return new DirectRoutes(
                all,
                basePath,
                lane(beans),
                beans.getBean(Placements.class),
                doors,
                controllers::compile);
    }

    private static Function<RouteTree, SideDoor> doors(
            ConfigurableListableBeanFactory beans,
            RouteRecorders recorders,
            SideDoorOptions options) {
        HandlerCores cores = beans.getBean(HandlerCores.class);
        IntFunction<RouteRecorder> recorder = recorders.resolve();
        FrontDoor frontDoor = beans.getBean(FrontDoor.class);
        return tree -> {
            RouteRecorder ofTree = recorder.apply(tree.routes().size());
            SideDoor door = new SideDoor(tree, cores, options, ofTree);
            frontDoor.add(door);
            return door;
        };
    }

    private static DirectLane lane(ConfigurableListableBeanFactory beans) {
        return new DirectLane(
                beans,
                () ->
                        beans.getBean(
                                "fasterApiWebFluxCustomizer",
                                WebHttpHandlerBuilderCustomizer.class),
                isStockHandler(beans));
    }

    private static boolean isStockHandler(ConfigurableListableBeanFactory beans) {
        String[] names = beans.getBeanNamesForType(HttpHandler.class, true, false);
        return names.length == 1
                && BeanMaker.isOf(beans, names[0], HttpHandlerAutoConfiguration.class.getName());
    }

    @Bean
    @ConditionalOnBean(FastRoutes.class)
    @ConditionalOnMissingBean
    FastRouteMapping fasterApiRouteMapping(
            DirectRoutes routes, ObjectProvider<WebFluxConfigurer> configurers) {
        FastRouteMapping mapping = new FastRouteMapping(routes);
        mapping.setCorsConfigurers(configurers.orderedStream());
        return mapping;
    }

    @Bean
    @ConditionalOnBean(FastRoutes.class)
    @ConditionalOnMissingBean
    FastRouteAdapter fasterApiRouteAdapter(
            JsonCodec json, BodyWriters writers, FasterApiProperties properties) {
        return new FastRouteAdapter(json, writers, properties.routes().maxBodyBytes());
    }
}
