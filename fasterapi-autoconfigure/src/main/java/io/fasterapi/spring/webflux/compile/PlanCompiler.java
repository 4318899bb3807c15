package io.fasterapi.spring.webflux.compile;

import io.fasterapi.spring.webflux.batch.BatchedMethod;
import io.fasterapi.spring.webflux.invoke.DispatchParts;
import io.fasterapi.spring.webflux.invoke.LearnedFormats;
import io.fasterapi.spring.webflux.invoke.MethodPlan;
import io.fasterapi.spring.webflux.invoke.MethodPlan.Binding;
import io.fasterapi.spring.webflux.invoke.ValueWriting;
import java.lang.annotation.Annotation;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.server.ServerWebExchange;

/**
 * Plans how handler methods are called at the end of the filter chain. Every method has a plan. For
 * most, one invocable of Spring serves all requests. At start-up only.
 */
final class PlanCompiler {

    /*
     * Spring's adapter creates an invocable per request, and a binding context that knows the
     * application's @InitBinder methods and its session. If neither is used, and no value is bound
     * to the properties of an object, a plain binding context does the same.
     */
    private static final Set<Class<? extends Annotation>> PLAIN =
            Set.of(
                    PathVariable.class,
                    RequestParam.class,
                    RequestHeader.class,
                    RequestBody.class,
                    RequestPart.class,
                    RequestAttribute.class,
                    CookieValue.class);

    private static final Set<Class<?>> OF_EXCHANGE =
            Set.of(
                    ServerWebExchange.class,
                    ServerHttpRequest.class,
                    ServerHttpResponse.class,
                    Principal.class);

    private final ApplicationContext context;
    private final WebFluxCustomizationDetector customizations;
    private final @Nullable RequestMappingHandlerAdapter adapter;
    private final boolean plainCalls;
    private final boolean fixedResults;
    private final boolean negotiatesByAccept;
    private final DispatchParts parts;

    PlanCompiler(
            ApplicationContext context,
            DispatchParts parts,
            WebFluxCustomizationDetector customizations) {
        this.context = context;
        this.customizations = customizations;
        this.parts = parts;
        this.negotiatesByAccept = customizations.negotiatesByAccept();
        this.adapter = WebFluxInfrastructure.stockAdapter(parts);
        this.plainCalls = adapter != null && !customizations.mayBlock();
        this.fixedResults = ResultCompiler.hasOnlySprings(parts);
    }

    /**
     * Plans a method.
     *
     * @param formats what is learnt of its answers' formats; null if they depend on more than the
     *     Accept header
     */
    MethodPlan compile(
            HandlerMethod method, List<MethodPlan.Row> rows, @Nullable LearnedFormats formats) {
        RequestMappingHandlerAdapter known = adapter;
        ReactiveAdapterRegistry registry =
                known == null ? null : known.getReactiveAdapterRegistry();
        Binding binding =
                new Binding(
                        known == null ? null : known.getWebBindingInitializer(),
                        registry == null ? ReactiveAdapterRegistry.getSharedInstance() : registry,
                        plainCalls && isReusable(method),
                        fixedResults && isFixed(method));
        return new MethodPlan(method, binding, rows, values(method, formats));
    }

    private @Nullable ValueWriting values(HandlerMethod method, @Nullable LearnedFormats formats) {
        if (formats == null
                || !negotiatesByAccept
                || KotlinDetector.isKotlinType(method.getBeanType())) {
            return null;
        }
        try {
            return new ValueWriting(ResultCompiler.compile(method, parts), formats);
        } catch (NotCompilableException ex) {
            return null;
        }
    }

    private boolean isReusable(HandlerMethod method) {
        Class<?> type = method.getBeanType();
        return !BatchedMethod.is(method)
                && !KotlinDetector.isKotlinType(type)
                && !method.shouldValidateArguments()
                && !method.shouldValidateReturnValue()
                && !(method.getBean() instanceof String name && !context.isSingleton(name))
                && !AnnotatedElementUtils.hasAnnotation(type, SessionAttributes.class)
                && customizations.ofType(type) == null
                && Arrays.stream(method.getMethodParameters()).allMatch(PlanCompiler::isPlain);
    }

    private static boolean isPlain(MethodParameter parameter) {
        return PLAIN.stream().anyMatch(parameter::hasParameterAnnotation)
                || (OF_EXCHANGE.contains(parameter.getParameterType())
                        && parameter.getParameterAnnotations().length == 0);
    }

    /** Returns whether the declared type alone decides what writes a result. */
    private static boolean isFixed(HandlerMethod method) {
        return method.getReturnType().getParameterType() != Object.class;
    }
}
