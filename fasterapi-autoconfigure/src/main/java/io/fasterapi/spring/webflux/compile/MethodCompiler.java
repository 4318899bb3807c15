package io.fasterapi.spring.webflux.compile;

import io.fasterapi.route.PathShape;
import io.fasterapi.spring.webflux.batch.BatchedMethod;
import io.fasterapi.spring.webflux.invoke.ArgumentReader;
import io.fasterapi.spring.webflux.invoke.CompiledMethod;
import io.fasterapi.spring.webflux.invoke.LearnedFormats;
import io.fasterapi.spring.webflux.invoke.MethodInvocation;
import io.fasterapi.spring.webflux.invoke.ResultPlan;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.KotlinDetector;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.SessionAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.util.pattern.PathPattern;

/** Compiles one controller method for the direct lane, or says why it cannot. At start-up only. */
final class MethodCompiler {

    private final WebFluxInfrastructure infrastructure;
    private final WebFluxCustomizationDetector customizations;
    private final ShardedMethods sharded;
    private final ControllerOptions options;
    private final boolean observed;
    private final ArgumentCompiler arguments;

    /**
     * Prepares the common part of all methods.
     *
     * @param options the longest body, and the answers of refusals
     * @param observed whether a Mono may look for its observation in its context
     */
    MethodCompiler(
            WebFluxInfrastructure infrastructure,
            WebFluxCustomizationDetector customizations,
            ShardedMethods sharded,
            ControllerOptions options,
            boolean observed)
            throws NotCompilableException {
        this.infrastructure = infrastructure;
        this.customizations = customizations;
        this.sharded = sharded;
        this.options = options;
        this.observed = observed;
        this.arguments = new ArgumentCompiler(infrastructure);
    }

    /**
     * Compiles a method.
     *
     * @param formats what is learnt of its answers' formats
     */
    CompiledMethod compile(RequestMappingInfo info, HandlerMethod method, LearnedFormats formats)
            throws NotCompilableException {
        checkConditions(info);
        checkMethod(method);
        ResultPlan result = ResultCompiler.compile(method, infrastructure.parts());
        if (observed
                && result.wrapping() != ResultPlan.Wrapping.PLAIN
                && !BatchedMethod.is(method)) {
            throw new NotCompilableException(
                    Reason.OBSERVED, "answers later, and may look for its observation then");
        }
        Integer status = status(method);
        List<String> variables = variables(info);
        List<ArgumentReader> readers = new ArrayList<>();
        for (MethodParameter parameter : method.getMethodParameters()) {
            readers.add(arguments.compile(parameter, variables));
        }
        return new CompiledMethod(
                method,
                List.copyOf(readers),
                arguments.condition(body(method), options.mostBytes()),
                invocation(method),
                result,
                status,
                result.encoders() == null ? LearnedFormats.NONE : formats,
                BatchedMethod.is(method) ? options.refusals() : null,
                sharded.keyOf(method));
    }

    private static MethodInvocation invocation(HandlerMethod method) throws NotCompilableException {
        try {
            return new MethodInvocation(
                    method.getMethod(), () -> method.createWithResolvedBean().getBean());
        } catch (IllegalAccessException | RuntimeException ex) {
            throw new NotCompilableException(
                    Reason.METHOD, "cannot be accessed: " + ex.getMessage());
        }
    }

    private static @Nullable MethodParameter body(HandlerMethod method) {
        MethodParameter body = null;
        for (MethodParameter parameter : method.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestBody.class)) {
                body = parameter;
            }
        }
        return body;
    }

    private static void checkConditions(RequestMappingInfo info) throws NotCompilableException {
        if (info.getMethodsCondition().getMethods().isEmpty()) {
            throw new NotCompilableException(Reason.EVERY_METHOD);
        }
        if (!info.getParamsCondition().isEmpty()) {
            throw new NotCompilableException(Reason.CONDITION, "parameters");
        }
        if (!info.getHeadersCondition().isEmpty()) {
            throw new NotCompilableException(Reason.CONDITION, "headers");
        }
        if (!info.getConsumesCondition().isEmpty()) {
            throw new NotCompilableException(Reason.CONDITION, "the Content-Type (consumes)");
        }
        if (!info.getVersionCondition().isEmpty() || info.getCustomCondition() != null) {
            throw new NotCompilableException(
                    Reason.CONDITION, "the API version, or a custom condition");
        }
        for (PathPattern pattern : info.getPatternsCondition().getPatterns()) {
            if (!PathShape.of(pattern.getPatternString()).isSimple()) {
                throw new NotCompilableException(Reason.PATTERN);
            }
        }
    }

    private void checkMethod(HandlerMethod method) throws NotCompilableException {
        Class<?> type = method.getBeanType();
        if (Modifier.isStatic(method.getMethod().getModifiers())) {
            throw new NotCompilableException(Reason.METHOD, "is static");
        }
        if (KotlinDetector.isKotlinType(type)) {
            throw new NotCompilableException(Reason.METHOD, "is written in Kotlin");
        }
        if (method.getBean() instanceof String name
                && !infrastructure.context().isSingleton(name)) {
            throw new NotCompilableException(Reason.METHOD, "its bean is not a singleton");
        }
        if (method.hasMethodAnnotation(CrossOrigin.class)
                || AnnotatedElementUtils.hasAnnotation(type, CrossOrigin.class)) {
            throw new NotCompilableException(
                    Reason.METHOD, "has a CORS configuration (@CrossOrigin)");
        }
        if (AnnotatedElementUtils.hasAnnotation(type, SessionAttributes.class)) {
            throw new NotCompilableException(Reason.METHOD, "keeps session attributes");
        }
        if (method.shouldValidateArguments() || method.shouldValidateReturnValue()) {
            throw new NotCompilableException(
                    Reason.METHOD, "constrains parameters or the result (method validation)");
        }
        String custom = customizations.ofType(BatchedMethod.of(method).getBeanType());
        if (custom != null) {
            throw new NotCompilableException(Reason.CUSTOMISED, custom);
        }
    }

    private static @Nullable Integer status(HandlerMethod method) throws NotCompilableException {
        ResponseStatus annotation = method.getMethodAnnotation(ResponseStatus.class);
        if (annotation == null) {
            annotation =
                    AnnotatedElementUtils.findMergedAnnotation(
                            method.getBeanType(), ResponseStatus.class);
        }
        if (annotation == null) {
            return null;
        }
        if (StringUtils.hasText(annotation.reason())) {
            throw new NotCompilableException(
                    Reason.METHOD, "gives a reason with its @ResponseStatus");
        }
        int status = annotation.code().value();
        if (status < 200 || status == 204 || status == 205 || status == 304) {
            throw new NotCompilableException(Reason.METHOD, "has @ResponseStatus " + status);
        }
        return status;
    }

    /** Returns the variables that every pattern of a mapping has. */
    private static List<String> variables(RequestMappingInfo info) {
        List<String> common = null;
        for (PathPattern pattern : info.getPatternsCondition().getPatterns()) {
            List<String> names = new ArrayList<>();
            for (PathShape.Segment segment : PathShape.of(pattern.getPatternString()).segments()) {
                if (segment.kind() == PathShape.Kind.VARIABLE) {
                    names.add(segment.text().substring(1, segment.text().length() - 1));
                }
            }
            if (common == null) {
                common = names;
            } else {
                common.retainAll(names);
            }
        }
        return common == null ? List.of() : common;
    }
}
