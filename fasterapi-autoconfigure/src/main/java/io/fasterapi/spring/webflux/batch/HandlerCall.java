package io.fasterapi.spring.webflux.batch;

import io.fasterapi.batch.BatchFunction;
import io.fasterapi.batch.BatchResult;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Calls a batch handler. The threads that run its batches share it. */
final class HandlerCall implements BatchFunction<Object, Object> {

    private final Method method;
    private final BatchSignature.Form form;
    private final Supplier<Object> bean;

    /**
     * Prepares the call.
     *
     * @param invocable the handler's method on the bean
     * @param bean returns the controller
     */
    HandlerCall(Method invocable, BatchSignature.Form form, Supplier<Object> bean) {
        this.method = invocable;
        this.form = form;
        this.bean = bean;
        ReflectionUtils.makeAccessible(method);
    }

    @Override
    public Mono<List<BatchResult<Object>>> call(List<Object> items) {
        Object returned = invoke(items);
        if (returned == null) {
            return Mono.empty(); // no results: reported as a wrong number of them
        }
        return switch (form) {
            case LIST -> Mono.just(results((List<?>) returned));
            case MONO -> ((Mono<?>) returned).map(list -> results((List<?>) list));
            case FLUX -> ((Flux<?>) returned).map(HandlerCall::result).collectList();
            case STAGE ->
                    Mono.fromCompletionStage((CompletionStage<?>) returned)
                            .map(list -> results((List<?>) list));
        };
    }

    private @Nullable Object invoke(List<Object> items) {
        try {
            return method.invoke(bean.get(), items);
        } catch (InvocationTargetException ex) {
            throw raise(ex.getTargetException());
        } catch (IllegalAccessException ex) {
            throw new IllegalStateException(method + ": cannot be called", ex);
        }
    }

    /** Throws the handler's failure, checked exceptions included. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> RuntimeException raise(Throwable failure) throws E {
        throw (E) failure;
    }

    private static List<BatchResult<Object>> results(List<?> values) {
        return values.stream().map(HandlerCall::result).toList();
    }

    @SuppressWarnings("unchecked")
    private static BatchResult<Object> result(@Nullable Object value) {
        return value instanceof BatchResult<?> own
                ? (BatchResult<Object>) own
                : BatchResult.of(value);
    }
}
