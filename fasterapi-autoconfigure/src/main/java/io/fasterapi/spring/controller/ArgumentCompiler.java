package io.fasterapi.spring.controller;

import io.fasterapi.http.FastRequest;
import java.lang.annotation.Annotation;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.server.ServerWebExchange;

/** Turns the parameters of a controller method into readers, or says why not. At start-up only. */
final class ArgumentCompiler {

    private static final ParameterNameDiscoverer NAMES =
            DefaultParameterNameDiscoverer.getSharedInstance();

    private final Conversion conversion;
    private static final Map<Class<?>, ArgumentReader> OF_EXCHANGE =
            Map.of(
                    ServerWebExchange.class,
                    request -> filtered(request).exchange(),
                    ServerHttpRequest.class,
                    request -> filtered(request).exchange().getRequest(),
                    ServerHttpResponse.class,
                    request -> filtered(request).exchange().getResponse(),
                    Principal.class,
                    request -> filtered(request).principal());

    private final BodyArguments bodies;
    private final boolean filtered;

    /**
     * Creates the compiler.
     *
     * @param filtered whether there will be an exchange, behind the application's filters
     */
    ArgumentCompiler(Conversion conversion, BodyArguments bodies, boolean filtered) {
        this.conversion = conversion;
        this.bodies = bodies;
        this.filtered = filtered;
    }

    private static FilteredRequest filtered(FastRequest request) {
        return (FilteredRequest) request;
    }

    /**
     * Compiles one parameter.
     *
     * @param variables the variables that every template of the method has
     */
    ArgumentReader compile(MethodParameter parameter, List<String> variables) throws NotCompilable {
        parameter.initParameterNameDiscovery(NAMES);
        PathVariable path = only(parameter, PathVariable.class);
        if (path != null) {
            String name = nameOf(parameter, path.name());
            if (!variables.contains(name)) {
                throw new NotCompilable("path variable '" + name + "' is not in every pattern");
            }
            return value(request -> request.pathVariable(name), parameter, true, null);
        }
        RequestParam query = only(parameter, RequestParam.class);
        if (query != null) {
            String name = nameOf(parameter, query.name());
            return value(
                    request -> NamedValue.single(request.queryParameters(name)),
                    parameter,
                    query.required(),
                    query.defaultValue());
        }
        RequestHeader header = only(parameter, RequestHeader.class);
        if (header != null) {
            String name = nameOf(parameter, header.name());
            return value(
                    request -> NamedValue.single(request.headers(name)),
                    parameter,
                    header.required(),
                    header.defaultValue());
        }
        CookieValue cookie = only(parameter, CookieValue.class);
        if (cookie != null) {
            String name = nameOf(parameter, cookie.name());
            return value(
                    request -> NamedValue.cookie(request, name),
                    parameter,
                    cookie.required(),
                    cookie.defaultValue());
        }
        RequestBody body = only(parameter, RequestBody.class);
        if (body != null) {
            return bodies.compile(parameter);
        }
        ArgumentReader ofExchange = OF_EXCHANGE.get(parameter.getParameterType());
        if (ofExchange != null && filtered && parameter.getParameterAnnotations().length == 0) {
            return ofExchange;
        }
        throw new NotCompilable(
                "parameter of type " + parameter.getParameterType().getSimpleName());
    }

    private static <A extends Annotation> @Nullable A only(
            MethodParameter parameter, Class<A> type) {
        return parameter.getParameterAnnotation(type);
    }

    private static String nameOf(MethodParameter parameter, String declared) throws NotCompilable {
        String name = declared.isEmpty() ? parameter.getParameterName() : declared;
        if (name == null) {
            throw new NotCompilable("a parameter's name is not in the class file (-parameters)");
        }
        if (isExpression(name)) {
            throw new NotCompilable("parameter name '" + name + "' is an expression");
        }
        return name;
    }

    private ArgumentReader value(
            NamedValue.Source source,
            MethodParameter parameter,
            boolean required,
            @Nullable String declaredDefault)
            throws NotCompilable {
        String fallback =
                ValueConstants.DEFAULT_NONE.equals(declaredDefault) ? null : declaredDefault;
        if (fallback != null && isExpression(fallback)) {
            throw new NotCompilable("default value '" + fallback + "' is an expression");
        }
        TypeDescriptor target = conversion.target(parameter);
        return new NamedValue(
                source,
                conversion.of(target),
                required && !parameter.isOptional(),
                fallback,
                parameter.getParameterType().isPrimitive());
    }

    private static boolean isExpression(String text) {
        return text.contains("${") || text.contains("#{");
    }
}
