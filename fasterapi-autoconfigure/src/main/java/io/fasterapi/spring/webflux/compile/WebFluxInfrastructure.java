package io.fasterapi.spring.webflux.compile;

import io.fasterapi.spring.webflux.invoke.DispatchParts;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.format.Formatter;
import org.springframework.format.Parser;
import org.springframework.format.Printer;
import org.springframework.web.bind.support.ConfigurableWebBindingInitializer;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.i18n.LocaleContextResolver;

/**
 * The parts of WebFlux that serve controllers, checked to be the ones that this project knows. At
 * start-up only.
 *
 * @param context the application's context
 * @param parts everything that its dispatcher calls
 * @param mapping finds controller methods
 * @param adapter calls them
 */
record WebFluxInfrastructure(
        ApplicationContext context,
        DispatchParts parts,
        RequestMappingHandlerMapping mapping,
        RequestMappingHandlerAdapter adapter) {

    private static final String MAPPING = "requestMappingHandlerMapping";
    private static final String ADAPTER = "requestMappingHandlerAdapter";
    private static final String LOCALES = "localeContextResolver";

    private static final List<Class<?>> CONVERTERS =
            List.of(
                    Converter.class,
                    GenericConverter.class,
                    Formatter.class,
                    Printer.class,
                    Parser.class);

    static WebFluxInfrastructure of(ApplicationContext context, DispatchParts parts)
            throws NotCompilableException {
        if (!context.containsBean(MAPPING) || !context.containsBean(ADAPTER)) {
            throw customised("WebFlux is configured without its usual beans");
        }
        Object mapping = context.getBean(MAPPING);
        Object adapter = context.getBean(ADAPTER);
        if (mapping.getClass() != RequestMappingHandlerMapping.class
                || adapter.getClass() != RequestMappingHandlerAdapter.class) {
            throw customised("the application has its own handler mapping or adapter");
        }
        WebFluxInfrastructure known =
                new WebFluxInfrastructure(
                        context,
                        parts,
                        (RequestMappingHandlerMapping) mapping,
                        (RequestMappingHandlerAdapter) adapter);
        known.check();
        return known;
    }

    private static NotCompilableException customised(String how) {
        return new NotCompilableException(Reason.CUSTOMISED, how);
    }

    private void check() throws NotCompilableException {
        Collection<HandlerMethod> methods = mapping.getHandlerMethods().values();
        for (HandlerAdapter each : parts.adapters()) {
            if (each == adapter) {
                break;
            }
            if (!each.getClass().getName().startsWith("io.fasterapi.")
                    && methods.stream().anyMatch(each::supports)) {
                throw customised(each.getClass().getSimpleName() + " calls controller methods");
            }
        }
        if (!mapping.getPathPatternParser().isCaseSensitive()) {
            throw customised("paths are matched case-insensitively");
        }
        if (mapping.getApiVersionStrategy() != null) {
            throw customised("API versioning is configured");
        }
        binding();
    }

    ConfigurableWebBindingInitializer binding() throws NotCompilableException {
        if (adapter.getWebBindingInitializer() == null
                || adapter.getWebBindingInitializer().getClass()
                        != ConfigurableWebBindingInitializer.class) {
            throw customised("the application has its own WebBindingInitializer");
        }
        ConfigurableWebBindingInitializer binding =
                (ConfigurableWebBindingInitializer) adapter.getWebBindingInitializer();
        if (binding.getPropertyEditorRegistrars() != null) {
            throw customised("property editors are registered");
        }
        return binding;
    }

    ConversionService conversion() throws NotCompilableException {
        ConversionService service = binding().getConversionService();
        if (service == null) {
            throw customised("there is no conversion service");
        }
        return service;
    }

    /** Returns whether code of the application may convert a text. */
    boolean hasOwnConverters() {
        return CONVERTERS.stream().anyMatch(this::hasBean)
                || WebFluxCustomizationDetector.configures(context, "addFormatters");
    }

    private boolean hasBean(Class<?> type) {
        return BeanFactoryUtils.beanNamesForTypeIncludingAncestors(context, type, true, false)
                        .length
                > 0;
    }

    LocaleContextResolver locales() throws NotCompilableException {
        if (!context.containsBean(LOCALES)) {
            throw customised("there is no LocaleContextResolver");
        }
        return context.getBean(LOCALES, LocaleContextResolver.class);
    }

    ReactiveAdapterRegistry registry() {
        ReactiveAdapterRegistry own = adapter.getReactiveAdapterRegistry();
        return own == null ? ReactiveAdapterRegistry.getSharedInstance() : own;
    }

    /** Returns Spring's adapter for controllers, or null if it is replaced. */
    static @Nullable RequestMappingHandlerAdapter stockAdapter(DispatchParts parts) {
        return parts.adapters().stream()
                .filter(each -> each.getClass() == RequestMappingHandlerAdapter.class)
                .map(RequestMappingHandlerAdapter.class::cast)
                .findFirst()
                .orElse(null);
    }
}
