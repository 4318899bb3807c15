package io.fasterapi.bench.startup;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;

/**
 * An application of {@value #MAPPINGS} controller mappings, which says how many milliseconds after
 * the start of the JVM it is ready, or with {@code --parts} what the start was spent on, and ends.
 * Each mapping has a path of its own; ten signatures share them.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ManyMappings {

    private static final int MAPPINGS = 500;

    public static void main(String[] arguments) {
        StartUpParts parts = new StartUpParts();
        boolean split = List.of(arguments).contains("--parts");
        SpringApplication application = new SpringApplication(ManyMappings.class);
        if (split) {
            application.setApplicationStartup(parts.steps());
        }
        try (var context = application.run(arguments)) {
            if (split) {
                parts.of(context).forEach((name, value) -> System.out.println(name + "=" + value));
                return;
            }
            int mappings =
                    context.getBean(
                                    "requestMappingHandlerMapping",
                                    RequestMappingHandlerMapping.class)
                            .getHandlerMethods()
                            .size();
            long millis = ManagementFactory.getRuntimeMXBean().getUptime();
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1_000_000;
            System.out.println(
                    "ready after "
                            + millis
                            + " ms with "
                            + mappings
                            + " mappings; the main thread used "
                            + cpu
                            + " ms of CPU");
        }
    }

    /** Adds the mappings where WebFlux has found those of the beans. */
    @Bean
    static BeanPostProcessor mappings() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                if (bean instanceof RequestMappingHandlerMapping mapping
                        && name.equals("requestMappingHandlerMapping")) {
                    register(mapping);
                }
                return bean;
            }
        };
    }

    private static void register(RequestMappingHandlerMapping mapping) {
        Signatures signatures = new Signatures();
        List<Method> methods =
                Arrays.stream(Signatures.class.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .toList();
        RequestMappingInfo.BuilderConfiguration options =
                new RequestMappingInfo.BuilderConfiguration();
        options.setPatternParser(mapping.getPathPatternParser());
        for (int i = 0; i < MAPPINGS; i++) {
            Method method = methods.get(i % methods.size());
            boolean reads = ClassUtils.hasMethod(Signatures.class, method.getName(), Item.class);
            mapping.registerMapping(
                    RequestMappingInfo.paths("/api/service" + i / 25 + "/{id}/part" + i)
                            .methods(reads ? RequestMethod.POST : RequestMethod.GET)
                            .options(options)
                            .build(),
                    signatures,
                    method);
        }
    }

    /**
     * What is sent and answered.
     *
     * @param name its name
     * @param tags its tags
     */
    public record Item(String name, Map<String, String> tags) {}

    /** Ten ways to write a controller method. */
    @ResponseBody
    public static class Signatures {

        public String text(@PathVariable("id") String id) {
            return id;
        }

        public Item item(@PathVariable("id") long id) {
            return new Item("item " + id, Map.of());
        }

        public List<Item> list(@RequestParam(name = "n", defaultValue = "1") int n) {
            return List.of();
        }

        public Mono<Item> mono(@PathVariable("id") String id) {
            return Mono.just(new Item(id, Map.of()));
        }

        public ResponseEntity<Item> entity(
                @RequestHeader(name = "X-A", required = false) String a) {
            return ResponseEntity.ok(new Item(String.valueOf(a), Map.of()));
        }

        public Map<String, Item> map() {
            return Map.of();
        }

        public byte[] bytes() {
            return new byte[1];
        }

        public Item read(@RequestBody Item item) {
            return item;
        }

        public Mono<ResponseEntity<Item>> readLate(@RequestBody Item item) {
            return Mono.just(ResponseEntity.ok(item));
        }

        public void nothing(@RequestParam("a") String a, @RequestParam("b") String b) {}
    }
}
