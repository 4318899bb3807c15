package io.fasterapi.spring.webflux.compile;

import io.fasterapi.spring.webflux.invoke.BodyEncoders;
import io.fasterapi.spring.webflux.invoke.DispatchParts;
import io.fasterapi.spring.webflux.invoke.ResultPlan;
import io.fasterapi.spring.webflux.invoke.ResultPlan.Wrapping;
import io.fasterapi.spring.webflux.invoke.SpringInternals;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.HttpMessageWriter;
import org.springframework.web.ErrorResponse;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.reactive.result.method.annotation.AbstractMessageWriterResultHandler;
import org.springframework.web.reactive.result.method.annotation.ResponseBodyResultHandler;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityResultHandler;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Finds the writers of a method's results, or says why the method cannot be compiled. At start-up
 * only.
 */
final class ResultCompiler {

    /** Results for which Spring does more than write a body. */
    private static final List<Class<?>> FOREIGN =
            List.of(ProblemDetail.class, ErrorResponse.class, HttpHeaders.class, HttpEntity.class);

    private static final String SPRING = "org.springframework.";

    private final AbstractMessageWriterResultHandler handler;
    private final ReactiveAdapterRegistry registry;

    private ResultCompiler(AbstractMessageWriterResultHandler handler) {
        this.handler = handler;
        this.registry = handler.getAdapterRegistry();
    }

    /** Finds the writers of a method's results if they are Spring's. */
    static ResultPlan compile(HandlerMethod method, DispatchParts parts)
            throws NotCompilableException {
        return new ResultCompiler(handlerOf(method, parts)).compile(method);
    }

    private static AbstractMessageWriterResultHandler handlerOf(
            HandlerMethod method, DispatchParts parts) throws NotCompilableException {
        HandlerResult result = new HandlerResult(method, null, method.getReturnType());
        for (HandlerResultHandler handler : parts.resultHandlers()) {
            String name = handler.getClass().getSimpleName();
            if (!isSprings(handler)) {
                throw new NotCompilableException(
                        Reason.CUSTOMISED, name + " may handle what it returns");
            }
            if (handler.supports(result)) {
                if (handler.getClass() == ResponseBodyResultHandler.class
                        || handler.getClass() == ResponseEntityResultHandler.class) {
                    return (AbstractMessageWriterResultHandler) handler;
                }
                throw new NotCompilableException(Reason.RESULT, "what " + name + " handles");
            }
        }
        throw new NotCompilableException(Reason.CUSTOMISED, "nothing handles what it returns");
    }

    private static boolean isSprings(HandlerResultHandler handler) {
        return handler.getClass().getName().startsWith(SPRING);
    }

    /** Returns whether all result handlers are Spring's. */
    static boolean hasOnlySprings(DispatchParts parts) {
        return parts.resultHandlers().stream().allMatch(ResultCompiler::isSprings);
    }

    private ResultPlan compile(HandlerMethod method) throws NotCompilableException {
        MethodParameter returned = method.getReturnType();
        ResolvableType declared = ResolvableType.forMethodParameter(returned);
        if (isFlux(declared)) {
            return stream(declared, declared, false);
        }
        Wrapping wrapping = wrapping(declared.toClass());
        boolean plain = wrapping == Wrapping.PLAIN;
        ResolvableType value = plain ? declared : declared.getGeneric();
        boolean entity = value.toClass() == ResponseEntity.class;
        MethodParameter body = returned;
        if (entity) {
            body = plain ? returned.nested() : returned.nested().nested();
        }
        ResolvableType element =
                entity || plain ? ResolvableType.forMethodParameter(body) : declared.getGeneric();
        if (isVoid(element.toClass())) {
            return new ResultPlan(wrapping, entity, null);
        }
        if (plain && entity && isFlux(element)) {
            return stream(declared, element, true);
        }
        check(element, SpringInternals::isKnown);
        return new ResultPlan(
                wrapping,
                entity,
                new BodyEncoders(
                        handler.getMessageWriters(), declared, element, entity || plain, registry));
    }

    private static boolean isFlux(ResolvableType type) {
        return type.toClass() == Flux.class;
    }

    private ResultPlan stream(ResolvableType declared, ResolvableType flux, boolean entity)
            throws NotCompilableException {
        ResolvableType element = flux.getGeneric();
        if (isVoid(element.toClass())) {
            throw new NotCompilableException(Reason.RESULT, "Flux<Void>");
        }
        check(element, SpringInternals::isKnownForStreams);
        return new ResultPlan(
                Wrapping.FLUX,
                entity,
                new BodyEncoders(handler.getMessageWriters(), declared, element, false, registry));
    }

    private Wrapping wrapping(Class<?> type) throws NotCompilableException {
        if (type == Mono.class) {
            return Wrapping.MONO;
        }
        if (type == CompletableFuture.class || type == CompletionStage.class) {
            return Wrapping.STAGE;
        }
        if (registry.getAdapter(type) != null) {
            throw new NotCompilableException(Reason.RESULT, type.getSimpleName());
        }
        return Wrapping.PLAIN;
    }

    private static boolean isVoid(Class<?> type) {
        return type == void.class || type == Void.class;
    }

    private void check(ResolvableType element, Predicate<HttpMessageWriter<?>> known)
            throws NotCompilableException {
        if (isOpen(element)) {
            throw new NotCompilableException(Reason.OPEN_TYPE);
        }
        Class<?> raw = element.toClass();
        if (raw == Object.class || registry.getAdapter(raw) != null) {
            throw new NotCompilableException(Reason.RESULT, raw.getSimpleName());
        }
        for (Class<?> foreign : FOREIGN) {
            if (foreign.isAssignableFrom(raw)) {
                throw new NotCompilableException(Reason.RESULT, raw.getSimpleName());
            }
        }
        for (HttpMessageWriter<?> writer : handler.getMessageWriters()) {
            if (writer.canWrite(element, null)) {
                if (!known.test(writer)) {
                    throw new NotCompilableException(Reason.CODEC, "writes " + raw.getSimpleName());
                }
                return;
            }
        }
        throw new NotCompilableException(Reason.RESULT, raw.getSimpleName());
    }

    /** Returns whether a type is known only from a value. */
    static boolean isOpen(ResolvableType type) {
        return type == ResolvableType.NONE
                || type.getType() instanceof TypeVariable
                || type.getType() instanceof WildcardType
                || type.hasUnresolvableGenerics();
    }
}
