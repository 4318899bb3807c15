package io.fasterapi.spring.webflux.batch;

import io.fasterapi.batch.BatchItem;
import io.fasterapi.batch.BatchResult;
import io.fasterapi.spring.ConfigurationRefusedException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The parameter and the result of a batch handler. Immutable.
 *
 * @param method the handler
 * @param item the type that one request carries
 * @param detailed whether the handler takes {@code BatchItem}s
 * @param result the type that one request gets
 * @param form how the results come
 * @param annotations those of the parameter, to be copied to the single-item method
 */
record BatchSignature(
        Method method,
        Type item,
        boolean detailed,
        Type result,
        Form form,
        List<Annotation> annotations) {

    private static final String PARAMETER =
            "takes %s (expected: one parameter, a List<T> or List<BatchItem<T>>)";

    private static final String RESULT =
            "returns %s (expected: List<R>, Mono<List<R>>, Flux<R> or CompletionStage<List<R>>)";

    /** How the results come. */
    enum Form {
        LIST,
        MONO,
        FLUX,
        STAGE
    }

    /**
     * Reads a method.
     *
     * @throws ConfigurationRefusedException if its parameter or result has another type
     */
    static BatchSignature of(Method method) {
        if (Modifier.isStatic(method.getModifiers())) {
            throw refused(method, "is static (expected: a method of the controller)");
        }
        if (method.getParameterCount() != 1) {
            throw refused(method, PARAMETER, method.getParameterCount() + " parameters");
        }
        Parameter parameter = method.getParameters()[0];
        Type element = argument(parameter.getParameterizedType(), List.class);
        boolean detailed = element != null && rawOf(element) == BatchItem.class;
        Type item = detailed && element != null ? argument(element, BatchItem.class) : element;
        if (item == null || TypeSignatures.of(item) == null) {
            throw refused(method, PARAMETER, parameter.getParameterizedType().getTypeName());
        }
        Form form = form(method);
        Type result = result(method, form);
        return new BatchSignature(method, item, detailed, result, form, annotations(parameter));
    }

    private static ConfigurationRefusedException refused(Method method, String form, String found) {
        return refused(method, form.formatted(found));
    }

    /** Returns the exception for an invalid {@code @BatchHandler}. */
    static ConfigurationRefusedException refused(Method method, String reason) {
        return new ConfigurationRefusedException(
                "@BatchHandler on %s#%s: %s"
                        .formatted(method.getDeclaringClass().getName(), method.getName(), reason),
                "Change the method as the message says, or remove the annotation: it is then called"
                        + " once for each request.");
    }

    private static Form form(Method method) {
        Class<?> type = method.getReturnType();
        if (type == Mono.class) {
            return Form.MONO;
        }
        if (type == Flux.class) {
            return Form.FLUX;
        }
        if (CompletionStage.class.isAssignableFrom(type)) {
            return Form.STAGE;
        }
        if (List.class.isAssignableFrom(type)) {
            return Form.LIST;
        }
        throw refused(method, RESULT, method.getGenericReturnType().getTypeName());
    }

    private static Type result(Method method, Form form) {
        Type type = method.getGenericReturnType();
        if (form != Form.LIST) {
            type = argument(type, method.getReturnType());
        }
        if (form != Form.FLUX && type != null) {
            type = argument(type, List.class);
        }
        if (type != null && rawOf(type) == BatchResult.class) {
            type = argument(type, BatchResult.class);
        }
        if (type == null || TypeSignatures.of(type) == null) {
            throw refused(method, RESULT, method.getGenericReturnType().getTypeName());
        }
        return type;
    }

    /** Returns the only argument of a generic type, or the bound if that is a wildcard. */
    private static @Nullable Type argument(Type type, Class<?> raw) {
        if (!(type instanceof ParameterizedType generic)
                || generic.getRawType() != raw
                || generic.getActualTypeArguments().length != 1) {
            return null;
        }
        Type argument = generic.getActualTypeArguments()[0];
        return argument instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : argument;
    }

    static Class<?> rawOf(Type type) {
        return ResolvableType.forType(type).toClass();
    }

    /** Returns the annotations of the parameter and those of the type of its elements. */
    private static List<Annotation> annotations(Parameter parameter) {
        List<Annotation> all = new ArrayList<>(List.of(parameter.getAnnotations()));
        AnnotatedType type = parameter.getAnnotatedType();
        while (type instanceof AnnotatedParameterizedType generic) {
            AnnotatedType[] arguments = generic.getAnnotatedActualTypeArguments();
            Class<?> raw = rawOf(generic.getType());
            if (raw != List.class && raw != BatchItem.class || arguments.length != 1) {
                break;
            }
            type = arguments[0];
            for (Annotation each : type.getAnnotations()) {
                if (all.stream().noneMatch(a -> a.annotationType() == each.annotationType())) {
                    all.add(each);
                }
            }
        }
        return List.copyOf(all);
    }
}
