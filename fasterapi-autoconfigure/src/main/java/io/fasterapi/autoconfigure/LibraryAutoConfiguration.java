package io.fasterapi.autoconfigure;

import io.fasterapi.admission.Refusals;
import io.fasterapi.autoconfigure.FasterApiProperties.Admission;
import io.fasterapi.batch.BatchRefusedException.Cause;
import io.fasterapi.batch.BatchWorkers;
import io.fasterapi.batch.Batchers;
import io.fasterapi.codec.BodyWriter;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.codec.BytesBodyWriter;
import io.fasterapi.codec.FileTypes;
import io.fasterapi.codec.JsonBodyWriter;
import io.fasterapi.codec.TextBodyWriter;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.core.ThreadWorkers;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RoutePlacement;
import io.fasterapi.pool.ObjectPool;
import io.fasterapi.pool.ObjectPools;
import io.fasterapi.pool.PoolCapacity;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.route.RouteTree;
import io.fasterapi.spring.aside.CoreDemand;
import io.fasterapi.spring.aside.CoresAside;
import io.fasterapi.spring.scope.CoreBeanScope;
import io.fasterapi.spring.server.Phase;
import io.fasterapi.spring.server.ServerParts;
import io.fasterapi.spring.webflux.batch.BatchRefusals;
import io.fasterapi.spring.webflux.batch.BatchRoutes;
import io.fasterapi.spring.webflux.batch.BatchedMethodAdapter;
import io.fasterapi.spring.webflux.dispatch.CoreWebSocketService;
import io.fasterapi.spring.webflux.route.FastRouteMapping;
import io.fasterapi.spring.webflux.route.JacksonJsonCodec;
import io.fasterapi.spring.webflux.route.ProblemBody;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.MediaTypeFactory;
import org.springframework.util.ClassUtils;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.reactive.socket.server.support.WebSocketHandlerAdapter;

/**
 * Auto-configuration of what the application's code may inject: pools, writers, batchers, cores;
 * and of what serves its batch handlers and fast routes. It also works with {@code
 * fasterapi.enabled=false}, on other servers and in tests without a server, so that the application
 * gives the same answers there. It does not touch the server.
 */
@AutoConfiguration(before = FasterApiAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public final class LibraryAutoConfiguration {

    private static final Log LOGGER = LogFactory.getLog(LibraryAutoConfiguration.class);

    /*
     * The defaults of the properties, which do not exist where FasterAPI is off.
     */
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private static final int MOST_BODY_BYTES = 256 * 1024;

    private static final String PROBLEM_DETAILS = "spring.webflux.problemdetails.enabled";

    private static final String MAPPER = "tools.jackson.databind.json.JsonMapper";

    private static boolean isServed(
            ApplicationContext context, @Nullable FasterApiProperties properties) {
        return properties != null && context instanceof WebServerApplicationContext;
    }

    private static boolean isOff(ApplicationContext context) {
        return !context.getEnvironment().getProperty("fasterapi.enabled", Boolean.class, true);
    }

    private static Duration stopLimit(@Nullable FasterApiProperties properties) {
        return properties == null ? STOP_LIMIT : properties.cores().stopTimeout();
    }

    /**
     * Without our server there is one core, for every key. Its thread starts only if code needs it.
     */
    @Bean
    @ConditionalOnMissingBean
    HandlerCores fasterApiHandlerCores(
            ApplicationContext context, ObjectProvider<FasterApiProperties> properties) {
        FasterApiProperties known = properties.getIfAvailable();
        if (known != null && isServed(context, known)) {
            return new HandlerCores(known.cores().options(known.admission().queueTimeLimit()));
        }
        CoreOptions all = CoreOptions.defaults();
        return new HandlerCores(
                new CoreOptions(1, all.ringSize(), all.waitMode(), false, all.threadName()));
    }

    @Bean
    static CoreBeanScope fasterApiCoreScope(ObjectProvider<HandlerCores> cores) {
        return new CoreBeanScope(cores::getObject);
    }

    /** Calls batch handlers, and handlers that need a core where our server does not run. */
    @Bean
    CoresAside fasterApiCoresAside(
            ObjectProvider<HandlerCores> cores,
            ConfigurableApplicationContext context,
            ObjectProvider<FasterApiProperties> properties,
            ObjectProvider<HandlerAdapter> all) {
        FasterApiProperties known = properties.getIfAvailable();
        CoreDemand demand =
                new CoreDemand(
                        context.getBeanFactory(),
                        known == null ? template -> null : known.placement().configured()::of,
                        known == null ? Placement.AUTO : known.placement().fallback());
        return new CoresAside(
                cores::getObject,
                demand,
                new BatchedMethodAdapter(
                        () -> context.getBean(RequestMappingHandlerAdapter.class),
                        () -> context.getBean(Refusals.class)),
                all::orderedStream,
                isServed(context, known),
                stopLimit(known));
    }

    /** Starts event loops and cores before a web server, and stops them after it. */
    @Bean
    Phase fasterApiThreads(
            ConfigurableApplicationContext context,
            CoresAside aside,
            CoreBeanScope scope,
            ObjectPools pools,
            ObjectProvider<FasterApiProperties> properties,
            ObjectProvider<ServerParts> server) {
        FasterApiProperties known = properties.getIfAvailable();
        Duration limit = stopLimit(known);
        return new Phase(
                Phase.BEFORE_SERVER,
                () -> {
                    if (isOff(context)) {
                        LOGGER.info(
                                "FasterAPI is off (fasterapi.enabled=false): stock Spring WebFlux"
                                        + " serves every request.");
                    }
                    if (known != null) {
                        warnOfUnknown(known.pools().keySet(), pools);
                    }
                    if (aside.isServed()) {
                        server.getObject().start();
                    } else {
                        server.ifAvailable(
                                parts ->
                                        LOGGER.info(
                                                "FasterAPI is not active: this application context"
                                                        + " runs no web server."));
                        aside.start();
                    }
                },
                () -> {
                    if (aside.isServed()) {
                        server.getObject().stop();
                    } else {
                        aside.stop();
                    }
                    scope.stopped(context, limit);
                },
                () -> scope.end(limit));
    }

    /** A name that no pool has is probably a typing error. */
    private static void warnOfUnknown(Set<String> configured, ObjectPools pools) {
        Set<String> unknown = new TreeSet<>(configured);
        List<String> created = pools.pools().stream().map(ObjectPool::name).toList();
        created.forEach(unknown::remove);
        for (String name : unknown) {
            LOGGER.warn(
                    "FasterAPI: fasterapi.pools.%s has no effect, because no pool of that name was"
                                    .formatted(name)
                            + " created during start-up. Rename or remove it (pools: %s)"
                                    .formatted(created));
        }
    }

    /** Closed with the context. Where FasterAPI is off, all pools have the default capacity. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    ObjectPools fasterApiObjectPools(ObjectProvider<FasterApiProperties> properties) {
        return new ObjectPools(
                name -> {
                    FasterApiProperties configured = properties.getIfAvailable();
                    return configured == null
                            ? PoolCapacity.defaults()
                            : configured.capacityOf(name);
                });
    }

    /** Closed with the context. Where no cores run, batches run on Reactor's schedulers. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Batchers fasterApiBatchers(
            HandlerCores cores,
            ObjectProvider<ServerParts> server,
            ObjectProvider<FasterApiProperties> properties) {
        ServerParts parts = server.getIfAvailable();
        FasterApiProperties known = properties.getIfAvailable();
        if (parts == null || known == null) {
            return new Batchers(BatchWorkers.of(cores, ThreadWorkers.pooled()));
        }
        Batchers batchers =
                new Batchers(
                        BatchWorkers.of(cores, parts.workers().threads()),
                        known.admission().queueTimeLimit(),
                        cores.pauses());
        parts.threads().monitor().add(batchers::look);
        return batchers;
    }

    /**
     * Replaces batch handlers before any code reads the mapping, and on our server the adapter that
     * calls WebSocket handlers.
     */
    @Bean
    static BeanPostProcessor fasterApiReplacements(
            ObjectProvider<HandlerCores> cores,
            ObjectProvider<Batchers> batchers,
            ObjectProvider<FasterApiProperties> properties,
            ObjectProvider<ServerParts> server,
            Environment environment) {
        BatchRoutes batches =
                new BatchRoutes(
                        batchers::getObject,
                        template -> {
                            FasterApiProperties known = properties.getIfAvailable();
                            return known == null
                                    ? null
                                    : known.placement().configured().of(template);
                        },
                        template -> {
                            FasterApiProperties known = properties.getIfAvailable();
                            return known != null
                                    && known.admission().essentials(environment).test(template);
                        },
                        (route, cause) ->
                                server.ifAvailable(parts -> countRefused(route, cause, parts)));
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String beanName) {
                if (bean instanceof RequestMappingHandlerMapping mapping) {
                    batches.replaceAll(mapping);
                }
                return bean.getClass() == WebSocketHandlerAdapter.class
                                && properties.getIfAvailable() != null
                        ? CoreWebSocketService.inPlaceOf(
                                (WebSocketHandlerAdapter) bean, cores.getObject())
                        : bean;
            }
        };
    }

    private static void countRefused(String route, Cause cause, ServerParts parts) {
        RoutePlacement placed = parts.placements().find(route);
        if (placed != null) {
            placed.load().refuse(cause == Cause.WAITED ? Refused.WAITED : Refused.BATCH_FULL);
        }
    }

    /** Refusals have a problem as their body if the application's errors have one. */
    @Bean
    Refusals fasterApiRefusals(ApplicationContext context) {
        Environment environment = context.getEnvironment();
        List<String> tooMany =
                Binder.get(environment)
                        .bind(Admission.TOO_MANY_REQUESTS, Bindable.listOf(String.class))
                        .orElse(List.of());
        boolean problems = environment.getProperty(PROBLEM_DETAILS, Boolean.class, false);
        return new Refusals(
                Admission.matching(tooMany),
                status ->
                        problems
                                ? ProblemBody.of(status, context.getBean(JsonCodec.class))
                                : new byte[0]);
    }

    @Bean
    BatchRefusals fasterApiBatchRefusals(Refusals refusals) {
        return new BatchRefusals(refusals);
    }

    /**
     * Fast routes in WebFlux: where the direct lane would bypass something, or our server does not
     * run.
     */
    @Bean
    @ConditionalOnBean(FastRoutes.class)
    FastRouteMapping fasterApiRouteMapping(
            ObjectProvider<FastRoutes> all,
            JsonCodec json,
            BodyWriters writers,
            ObjectProvider<ServerParts> server,
            Environment environment,
            ObjectProvider<WebFluxConfigurer> configurers) {
        ServerParts parts = server.getIfAvailable();
        RouteTree routes =
                parts == null
                        ? RouteTree.of(
                                all.orderedStream()
                                        .flatMap(each -> each.routes().stream())
                                        .toList())
                        : parts.routes().withinApplication();
        FastRouteMapping mapping =
                new FastRouteMapping(routes, json, writers, maxBodyBytes(environment));
        mapping.setCorsConfigurers(configurers.orderedStream());
        return mapping;
    }

    /** Reads the property, because the properties bean does not exist where FasterAPI is off. */
    private static int maxBodyBytes(Environment environment) {
        return Binder.get(environment)
                .bind("fasterapi.routes", FasterApiProperties.Routes.class)
                .map(FasterApiProperties.Routes::maxBodyBytes)
                .orElse(MOST_BODY_BYTES);
    }

    /** Uses the application's mapper if it has one. */
    @Bean
    @ConditionalOnMissingBean
    JsonCodec fasterApiJson(ApplicationContext context) {
        JsonCodec none = new NoJsonCodec();
        return ClassUtils.isPresent(MAPPER, context.getClassLoader())
                ? JacksonJsonCodec.of(context, none)
                : none;
    }

    /** The application's writers come first, in their order, then the built-in ones. */
    @Bean
    @ConditionalOnMissingBean
    BodyWriters fasterApiBodyWriters(
            ObjectProvider<BodyWriter<?>> all, JsonCodec codec, ObjectProvider<FileTypes> files) {
        JsonBodyWriter json = new JsonBodyWriter(codec);
        Stream<BodyWriter<?>> ours = Stream.of(new TextBodyWriter(), new BytesBodyWriter(), json);
        return new BodyWriters(
                Stream.concat(all.orderedStream(), ours).toList(),
                json,
                files.getIfAvailable(() -> LibraryAutoConfiguration::fileType));
    }

    /** By the extension, as for Spring's static resources. */
    private static CharSequence fileType(Path file) {
        Path name = file.getFileName();
        return name == null
                ? FileTypes.UNKNOWN
                : MediaTypeFactory.getMediaType(name.toString())
                        .<CharSequence>map(Object::toString)
                        .orElse(FileTypes.UNKNOWN);
    }

    /** Meters, if Micrometer is on the class path and FasterAPI is on. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBooleanProperty(name = "fasterapi.enabled", matchIfMissing = true)
    static class Metrics {

        @Bean
        FasterApiMeters fasterApiMeters(
                BeanFactory beans,
                ObjectPools pools,
                Batchers batchers,
                ObjectProvider<ServerParts> server) {
            return new FasterApiMeters(beans, pools, batchers, server);
        }
    }
}
