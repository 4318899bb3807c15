package io.fasterapi.spring.controller;

import io.fasterapi.spring.webflux.batch.BatchedMethodAdapter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.convert.ConversionService;
import org.springframework.validation.Validator;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.reactive.result.method.annotation.ResponseBodyResultHandler;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityResultHandler;

/**
 * The parts of WebFlux that serve controllers, if they are the ones this project knows. At start-up
 * only.
 *
 * @param mapping finds controller methods
 * @param adapter calls them
 * @param mappings all handler mappings, in their order
 * @param results all result handlers, in their order
 */
record WebFluxParts(
        RequestMappingHandlerMapping mapping,
        RequestMappingHandlerAdapter adapter,
        List<HandlerMapping> mappings,
        List<HandlerResultHandler> results) {

    static final String MAPPING = "requestMappingHandlerMapping";

    static final String ADAPTER = "requestMappingHandlerAdapter";

    static WebFluxParts of(ApplicationContext context) throws NotCompilable {
        Object dispatcher = context.getBean("webHandler");
        if (dispatcher.getClass() != DispatcherHandler.class) {
            throw new NotCompilable("the application has its own WebHandler");
        }
        if (!context.containsBean(MAPPING) || !context.containsBean(ADAPTER)) {
            throw new NotCompilable("WebFlux is configured without its usual beans");
        }
        Object mapping = context.getBean(MAPPING);
        Object adapter = context.getBean(ADAPTER);
        if (mapping.getClass() != RequestMappingHandlerMapping.class
                || adapter.getClass() != RequestMappingHandlerAdapter.class) {
            throw new NotCompilable("the application has its own handler mapping or adapter");
        }
        WebFluxParts parts =
                new WebFluxParts(
                        (RequestMappingHandlerMapping) mapping,
                        (RequestMappingHandlerAdapter) adapter,
                        ordered(context, HandlerMapping.class),
                        ordered(context, HandlerResultHandler.class));
        parts.check(ordered(context, HandlerAdapter.class));
        return parts;
    }

    private static <T> List<T> ordered(ApplicationContext context, Class<T> type) {
        List<T> beans =
                new ArrayList<>(
                        BeanFactoryUtils.beansOfTypeIncludingAncestors(context, type, true, false)
                                .values());
        AnnotationAwareOrderComparator.sort(beans);
        return beans;
    }

    private void check(List<HandlerAdapter> adapters) throws NotCompilable {
        Collection<HandlerMethod> methods = mapping.getHandlerMethods().values();
        for (HandlerAdapter each : adapters) {
            if (each == adapter) {
                break;
            }
            if (!(each instanceof CompiledMethodAdapter)
                    && !(each instanceof BatchedMethodAdapter)
                    && methods.stream().anyMatch(each::supports)) {
                throw new NotCompilable(
                        each.getClass().getSimpleName() + " calls controller methods");
            }
        }
        if (!mapping.getPathPatternParser().isCaseSensitive()) {
            throw new NotCompilable("paths are matched without regard to case");
        }
        if (mapping.getApiVersionStrategy() != null) {
            throw new NotCompilable("API versioning is configured");
        }
        binding();
    }

    private ConfigurableWebBindingInitializer binding() throws NotCompilable {
        if (adapter.getWebBindingInitializer() == null
                || adapter.getWebBindingInitializer().getClass()
                        != ConfigurableWebBindingInitializer.class) {
            throw new NotCompilable("the application has its own WebBindingInitializer");
        }
        ConfigurableWebBindingInitializer binding =
                (ConfigurableWebBindingInitializer) adapter.getWebBindingInitializer();
        if (binding.getPropertyEditorRegistrars() != null) {
            throw new NotCompilable("property editors are registered");
        }
        return binding;
    }

    ConversionService conversion() throws NotCompilable {
        ConversionService service = binding().getConversionService();
        if (service == null) {
            throw new NotCompilable("there is no conversion service");
        }
        return service;
    }

    @Nullable Validator validator() throws NotCompilable {
        return binding().getValidator();
    }

    /** Returns the readers and writers for the results of a method. */
    MessageCodecs codecs(HandlerMethod method) throws NotCompilable {
        HandlerResult result = new HandlerResult(method, null, method.getReturnType());
        for (HandlerResultHandler handler : results) {
            if (!handler.getClass().getName().startsWith("org.springframework.")) {
                throw new NotCompilable(
                        handler.getClass().getSimpleName() + " may handle what it returns");
            }
            if (handler.supports(result)) {
                if (handler.getClass() == ResponseBodyResultHandler.class) {
                    return codecs(((ResponseBodyResultHandler) handler).getMessageWriters());
                }
                if (handler.getClass() == ResponseEntityResultHandler.class) {
                    return codecs(((ResponseEntityResultHandler) handler).getMessageWriters());
                }
                throw new NotCompilable(
                        handler.getClass().getSimpleName() + " handles what it returns");
            }
        }
        throw new NotCompilable("nothing handles what it returns");
    }

    private MessageCodecs codecs(
            List<org.springframework.http.codec.HttpMessageWriter<?>> writers) {
        return new MessageCodecs(adapter.getMessageReaders(), writers);
    }
}
