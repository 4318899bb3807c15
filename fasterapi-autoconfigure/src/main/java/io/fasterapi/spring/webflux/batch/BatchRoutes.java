package io.fasterapi.spring.webflux.batch;

import io.fasterapi.batch.BatchHandler;
import io.fasterapi.batch.BatchItem;
import io.fasterapi.batch.BatchOptions;
import io.fasterapi.batch.BatchRefusedException.Cause;
import io.fasterapi.batch.Batcher;
import io.fasterapi.batch.Batchers;
import io.fasterapi.core.HandlerCore;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.ShardBy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.publisher.Mono;

/**
 * Replaces the batch handlers in WebFlux's mapping by single-item methods, before any code reads
 * the mapping. At start-up only.
 */
public final class BatchRoutes {

    private final Supplier<Batchers> batchers;
    private final Function<String, @Nullable Placement> configured;
    private final Predicate<String> essential;
    private final BiConsumer<String, Cause> refused;

    /**
     * Creates the replacement.
     *
     * @param batchers returns the registry that creates the batchers
     * @param configured returns the configured placement of a path template, or null
     * @param essential tells by path template whether requests may wait for any time
     * @param refused counts a refused request by the route's name, {@code POST /orders}, and the
     *     cause
     */
    public BatchRoutes(
            Supplier<Batchers> batchers,
            Function<String, @Nullable Placement> configured,
            Predicate<String> essential,
            BiConsumer<String, Cause> refused) {
        this.batchers = batchers;
        this.configured = configured;
        this.essential = essential;
        this.refused = refused;
    }

    /**
     * Replaces the batch handlers of a mapping that was just created.
     *
     * @throws io.fasterapi.spring.ConfigurationRefusedException if one of them is invalid
     */
    public void replaceAll(RequestMappingHandlerMapping mapping) {
        Map<Object, Map<RequestMappingInfo, HandlerMethod>> found = new LinkedHashMap<>();
        mapping.getHandlerMethods()
                .forEach(
                        (info, method) -> {
                            if (method.hasMethodAnnotation(BatchHandler.class)) {
                                found.computeIfAbsent(
                                                method.getBean(), bean -> new LinkedHashMap<>())
                                        .put(info, method);
                            }
                        });
        found.values().forEach(methods -> replace(mapping, methods));
    }

    /** Replaces the batch handlers of one controller. */
    private void replace(
            RequestMappingHandlerMapping mapping, Map<RequestMappingInfo, HandlerMethod> methods) {
        HandlerMethod any = methods.values().iterator().next();
        Class<?> controller = any.getBeanType();
        List<Method> handlers = BridgeClass.handlers(controller);
        List<Function<Object, Mono<Object>>> submissions = new ArrayList<>();
        List<BatchSignature> signatures = new ArrayList<>();
        Supplier<Object> bean = () -> any.createWithResolvedBean().getBean();
        for (Method handler : handlers) {
            BatchSignature signature = BatchSignature.of(handler);
            signatures.add(signature);
            submissions.add(submission(signature, methods, bean));
        }
        Class<?> type = BridgeClass.of(controller);
        BatchBridge.Parts parts =
                new BatchBridge.Parts(
                        List.copyOf(submissions), any.getBean().toString(), controller, bean);
        Object bridge = instance(type, parts);
        methods.forEach(
                (info, method) -> {
                    for (BatchSignature signature : signatures) {
                        if (isOf(method, signature.method())) {
                            mapping.unregisterMapping(info);
                            mapping.registerMapping(
                                    info, bridge, BridgeClass.method(type, signature));
                        }
                    }
                });
    }

    private static Object instance(Class<?> type, BatchBridge.Parts parts) {
        try {
            return BeanUtils.instantiateClass(type.getConstructor(Object.class), parts);
        } catch (NoSuchMethodException ex) {
            throw new IllegalStateException(
                    type + ": has no constructor (expected: the generated one)", ex);
        }
    }

    private static boolean isOf(HandlerMethod method, Method handler) {
        return method.getMethod().getName().equals(handler.getName())
                && List.of(method.getMethod().getParameterTypes())
                        .equals(List.of(handler.getParameterTypes()));
    }

    private Function<Object, Mono<Object>> submission(
            BatchSignature signature,
            Map<RequestMappingInfo, HandlerMethod> methods,
            Supplier<Object> bean) {
        Map.Entry<RequestMappingInfo, HandlerMethod> mapped =
                methods.entrySet().stream()
                        .filter(each -> isOf(each.getValue(), signature.method()))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        BatchSignature.refused(
                                                signature.method(),
                                                "has no mapping (expected: @PostMapping, for"
                                                        + " example)"));
        RequestMappingInfo info = mapped.getKey();
        HandlerMethod method = mapped.getValue();
        Placement said = configured.apply(template(info));
        if (said == null) {
            said = BridgeClass.declared(signature.method(), method.getBeanType());
        }
        BatchOptions options = options(signature, said);
        HandlerCall call = new HandlerCall(method.getMethod(), signature.form(), bean);
        @Nullable Function<Object, @Nullable Object> groups = groups(signature, method);
        String name = name(info);
        Batcher<Object, Object> batcher =
                groups == null
                        ? batchers.get().create(name, options, call)
                        : batchers.get().create(name, options, call, groups);
        batcher.onRefused(cause -> refused.accept(name, cause));
        if (essential.test(template(info))) {
            batcher.essential();
        }
        return signature.detailed()
                ? item ->
                        Mono.deferContextual(
                                context -> RequestItem.of(item, context).flatMap(batcher::submit))
                : batcher::submit;
    }

    private static String name(RequestMappingInfo info) {
        String methods =
                info.getMethodsCondition().getMethods().stream()
                        .map(Enum::name)
                        .sorted()
                        .collect(Collectors.joining(","));
        return (methods.isEmpty() ? "*" : methods) + " " + template(info);
    }

    private static String template(RequestMappingInfo info) {
        return info.getPatternsCondition().getPatterns().iterator().next().getPatternString();
    }

    private static BatchHandler annotation(Method handler) {
        return Objects.requireNonNull(
                AnnotatedElementUtils.findMergedAnnotation(handler, BatchHandler.class));
    }

    private static BatchOptions options(BatchSignature signature, @Nullable Placement placement) {
        BatchHandler handler = annotation(signature.method());
        try {
            return new BatchOptions(
                    handler.maxSize(),
                    DurationStyle.detectAndParse(handler.maxWait()),
                    handler.maxQueue(),
                    handler.concurrency(),
                    handler.idempotent(),
                    placement == Placement.VIRTUAL ? Placement.VIRTUAL : Placement.CORE);
        } catch (IllegalArgumentException ex) {
            throw BatchSignature.refused(signature.method(), String.valueOf(ex.getMessage()));
        }
    }

    /** Requests with a shard key are batched on the core of the key, groups on any core. */
    private static @Nullable Function<Object, @Nullable Object> groups(
            BatchSignature signature, HandlerMethod method) {
        Method handler = signature.method();
        String by = annotation(handler).groupBy();
        boolean sharded =
                method.hasMethodAnnotation(ShardBy.class)
                        || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), ShardBy.class);
        if (by.isEmpty()) {
            return sharded ? item -> HandlerCore.current() : null;
        }
        if (sharded) {
            throw BatchSignature.refused(
                    handler, "has groupBy and @ShardBy (expected: one of them)");
        }
        Class<?> type = BatchSignature.rawOf(signature.item());
        Method key = ReflectionUtils.findMethod(type, by);
        if (key == null) {
            throw BatchSignature.refused(
                    handler,
                    "groupBy: %s (expected: a method without parameters of %s)"
                            .formatted(by, type.getName()));
        }
        ReflectionUtils.makeAccessible(key);
        return item -> read(key, item instanceof BatchItem<?> with ? with.item() : item);
    }

    private static @Nullable Object read(Method key, Object item) {
        try {
            return key.invoke(item);
        } catch (InvocationTargetException ex) {
            if (ex.getTargetException() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(key + ": failed", ex.getTargetException());
        } catch (IllegalAccessException ex) {
            throw new IllegalStateException(key + ": cannot be called", ex);
        }
    }
}
