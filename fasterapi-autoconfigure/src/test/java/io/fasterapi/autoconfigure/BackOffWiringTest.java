package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.batch.BatchWorkers;
import io.fasterapi.batch.Batchers;
import io.fasterapi.codec.BodyWriters;
import io.fasterapi.codec.FileTypes;
import io.fasterapi.codec.TextBodyWriter;
import io.fasterapi.core.CoreOptions;
import io.fasterapi.core.HandlerCores;
import io.fasterapi.http.JsonCodec;
import io.fasterapi.pool.ObjectPools;
import io.fasterapi.pool.PoolCapacity;
import io.fasterapi.route.FastRoutes;
import io.fasterapi.spring.webflux.dispatch.CoreHttpHandler;
import io.fasterapi.spring.webflux.route.JacksonJsonCodec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.springframework.context.Lifecycle;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import tools.jackson.databind.json.JsonMapper;

/** Each bean of ours gives way to the user's bean of its type. */
class BackOffWiringTest {

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
        JsonCodec json = new JacksonJsonCodec(JsonMapper.builder().build());
        return Stream.of(
                new HandlerCores(CoreOptions.defaults()),
                new ObjectPools(name -> PoolCapacity.defaults()),
                new Batchers(BatchWorkers.schedulers()),
                json,
                BodyWriters.of(json));
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
        return (Class<T>) (bean instanceof JsonCodec ? JsonCodec.class : bean.getClass());
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

    /** A bean that is ours and replaceable is in the list above, and only those are. */
    @Test
    void everyReplaceableBeanIsTried() {
        runner.run(
                context -> {
                    List<Class<?>> tried =
                            beans().<Class<?>>map(BackOffWiringTest::contract).toList();
                    assertThat(replaceable(context.getBeanFactory()))
                            .hasSameSizeAs(tried)
                            .allMatch(
                                    made ->
                                            tried.stream()
                                                    .anyMatch(type -> type.isAssignableFrom(made)));
                });
    }

    private static List<Class<?>> replaceable(ConfigurableListableBeanFactory beans) {
        List<Class<?>> types = new ArrayList<>();
        for (String name : own(beans)) {
            if (beans.getBeanDefinition(name) instanceof AnnotatedBeanDefinition definition
                    && definition.getFactoryMethodMetadata() != null
                    && definition
                            .getFactoryMethodMetadata()
                            .isAnnotated(ConditionalOnMissingBean.class.getName())) {
                types.add(beans.getType(name));
            }
        }
        return types;
    }

    private static List<String> own(ConfigurableListableBeanFactory beans) {
        return Stream.of(beans.getBeanDefinitionNames())
                .filter(name -> name.startsWith("fasterApi"))
                .toList();
    }

    /** What we are made of is nobody's business: few beans, and few moments to start and stop. */
    @Test
    void fewBeansAreSeen() {
        runner.run(
                context -> {
                    ConfigurableListableBeanFactory beans = context.getBeanFactory();
                    assertThat(own(beans)).hasSizeBetween(10, 18);
                    assertThat(own(beans))
                            .filteredOn(name -> context.isTypeMatch(name, Lifecycle.class))
                            .containsExactlyInAnyOrder("fasterApiThreads", "fasterApiServing");
                });
    }

    @Test
    void usersWritersComeBeforeOurs() {
        TextBodyWriter writer = new TextBodyWriter();
        runner.withBean("users", TextBodyWriter.class, () -> writer)
                .withBean(FileTypes.class, () -> file -> "a/file")
                .run(
                        context -> {
                            BodyWriters writers = context.getBean(BodyWriters.class);
                            assertThat(writers.writerOf(String.class)).isSameAs(writer);
                            assertThat(writers.fileType(Path.of("a.txt"))).isEqualTo("a/file");
                        });
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
