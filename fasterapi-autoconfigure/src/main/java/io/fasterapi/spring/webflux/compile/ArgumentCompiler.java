package io.fasterapi.spring.webflux.compile;

import io.fasterapi.spring.webflux.invoke.ArgumentReader;
import io.fasterapi.spring.webflux.invoke.BodyCondition;
import io.fasterapi.spring.webflux.invoke.BodyReader;
import io.fasterapi.spring.webflux.invoke.SimpleValueReader;
import io.fasterapi.spring.webflux.invoke.SimpleValueReader.Source;
import io.fasterapi.spring.webflux.invoke.SpringInternals;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import java.lang.annotation.Annotation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ResolvableType;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.support.GenericConversionService;
import org.springframework.http.MediaType;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.validation.annotation.ValidationAnnotationUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.reactive.result.method.annotation.RequestBodyMethodArgumentResolver;
import org.springframework.web.server.i18n.LocaleContextResolver;
import reactor.core.publisher.Mono;

/**
 * Finds the readers of a method's arguments, or says why the method cannot be compiled. At start-up
 * only.
 */
final class ArgumentCompiler {

    private static final ParameterNameDiscoverer NAMES =
            DefaultParameterNameDiscoverer.getSharedInstance();
    private static final TypeDescriptor TEXT = TypeDescriptor.valueOf(String.class);
    private static final String BINDING = RequestParam.class.getPackageName();

    private final WebFluxInfrastructure infrastructure;
    private final ConversionService conversion;
    private final boolean ownConverters;
    private final RequestBodyMethodArgumentResolver bodies;

    ArgumentCompiler(WebFluxInfrastructure infrastructure) throws NotCompilableException {
        this.infrastructure = infrastructure;
        this.conversion = infrastructure.conversion();
        this.ownConverters = infrastructure.hasOwnConverters();
        this.bodies =
                new RequestBodyMethodArgumentResolver(
                        infrastructure.adapter().getMessageReaders(), infrastructure.registry());
    }

    /**
     * Compiles one parameter.
     *
     * @param variables the variables that every template of the method has
     */
    ArgumentReader compile(MethodParameter parameter, List<String> variables)
            throws NotCompilableException {
        parameter.initParameterNameDiscovery(NAMES);
        Annotation annotation = binding(parameter);
        if (annotation instanceof PathVariable path) {
            String name = nameOf(parameter, path.name());
            if (!variables.contains(name)) {
                throw new NotCompilableException(
                        Reason.METHOD, "path variable '" + name + "' is not in every pattern");
            }
            return value(Source.PATH, name, parameter, true, null);
        }
        if (annotation instanceof RequestParam query) {
            String name = nameOf(parameter, query.name());
            return value(Source.QUERY, name, parameter, query.required(), query.defaultValue());
        }
        if (annotation instanceof RequestHeader header) {
            String name = nameOf(parameter, header.name());
            return value(Source.HEADER, name, parameter, header.required(), header.defaultValue());
        }
        if (annotation instanceof RequestBody) {
            return body(parameter);
        }
        throw new NotCompilableException(
                Reason.PARAMETER, parameter.getParameterType().getSimpleName());
    }

    /** Returns the only annotation that binds the parameter, or null. */
    private static @Nullable Annotation binding(MethodParameter parameter) {
        Annotation found = null;
        for (Annotation each : parameter.getParameterAnnotations()) {
            if (each.annotationType().getPackageName().equals(BINDING)) {
                if (found != null) {
                    return null;
                }
                found = each;
            }
        }
        return found;
    }

    private static String nameOf(MethodParameter parameter, String declared)
            throws NotCompilableException {
        String name = declared.isEmpty() ? parameter.getParameterName() : declared;
        if (name == null) {
            throw new NotCompilableException(
                    Reason.METHOD, "a parameter's name is not in the class file (-parameters)");
        }
        if (isExpression(name)) {
            throw new NotCompilableException(
                    Reason.METHOD, "parameter name '" + name + "' is an expression");
        }
        return name;
    }

    private ArgumentReader value(
            Source source,
            String name,
            MethodParameter parameter,
            boolean required,
            @Nullable String declaredDefault)
            throws NotCompilableException {
        String fallback =
                ValueConstants.DEFAULT_NONE.equals(declaredDefault) ? null : declaredDefault;
        if (fallback != null && isExpression(fallback)) {
            throw new NotCompilableException(
                    Reason.METHOD, "default value '" + fallback + "' is an expression");
        }
        return new SimpleValueReader(
                source,
                name,
                conversion(parameter),
                required && !parameter.isOptional(),
                fallback,
                parameter.getParameterType().isPrimitive());
    }

    private static boolean isExpression(String text) {
        return text.contains("${") || text.contains("#{");
    }

    /** Where WebFlux takes over a request, converters run a second time. Only Spring's own may. */
    private Converter<String, @Nullable Object> conversion(MethodParameter parameter)
            throws NotCompilableException {
        Class<?> type = parameter.getParameterType();
        TypeDescriptor target = new TypeDescriptor(parameter);
        if (type == String.class
                && conversion instanceof GenericConversionService generic
                && generic.canBypassConvert(TEXT, target)) {
            return text -> text;
        }
        boolean known =
                BeanUtils.isSimpleValueType(type)
                        && (type.isPrimitive()
                                || type.isEnum()
                                || type.getName().startsWith("java."));
        if (!known || ownConverters || !conversion.canConvert(TEXT, target)) {
            throw new NotCompilableException(Reason.CONVERSION, type.getSimpleName());
        }
        return text -> conversion.convert(text, TEXT, target);
    }

    private ArgumentReader body(MethodParameter parameter) throws NotCompilableException {
        ResolvableType element = element(parameter);
        HttpMessageReader<?> reader = reader(element);
        if (reader == null || !SpringInternals.isKnown(reader)) {
            throw new NotCompilableException(
                    Reason.CODEC, "reads " + element.toClass().getSimpleName());
        }
        LocaleContextResolver locales = infrastructure.locales();
        if (isValidated(parameter) && !SpringInternals.isKnown(locales)) {
            throw new NotCompilableException(
                    Reason.CUSTOMISED, "the application has its own LocaleContextResolver");
        }
        return new BodyReader(
                bodies,
                parameter,
                infrastructure.adapter().getWebBindingInitializer(),
                infrastructure.registry(),
                locales);
    }

    /** Returns the condition on the bodies that a parameter accepts. */
    BodyCondition condition(@Nullable MethodParameter body, int mostBytes)
            throws NotCompilableException {
        return body == null
                ? BodyCondition.NONE
                : new BodyCondition(
                        infrastructure.adapter().getMessageReaders(), element(body), mostBytes);
    }

    private ResolvableType element(MethodParameter parameter) throws NotCompilableException {
        ResolvableType declared = ResolvableType.forMethodParameter(parameter);
        ReactiveAdapter adapter = infrastructure.registry().getAdapter(declared.toClass());
        if (adapter != null && declared.toClass() != Mono.class) {
            throw new NotCompilableException(Reason.PARAMETER, declared.toClass().getSimpleName());
        }
        ResolvableType element = adapter == null ? declared : declared.getGeneric();
        if (ResultCompiler.isOpen(element)) {
            throw new NotCompilableException(Reason.OPEN_TYPE);
        }
        return element;
    }

    /** Returns the reader for the usual bodies of a type, or null. */
    private @Nullable HttpMessageReader<?> reader(ResolvableType element) {
        MediaType usual =
                element.toClass() == byte[].class
                        ? MediaType.APPLICATION_OCTET_STREAM
                        : MediaType.APPLICATION_JSON;
        for (HttpMessageReader<?> reader : infrastructure.adapter().getMessageReaders()) {
            if (reader.canRead(element, usual)) {
                return reader;
            }
        }
        return null;
    }

    private static boolean isValidated(MethodParameter parameter) {
        for (Annotation each : parameter.getParameterAnnotations()) {
            if (ValidationAnnotationUtils.determineValidationHints(each) != null) {
                return true;
            }
        }
        return false;
    }
}
