package io.fasterapi.spring.webflux.invoke;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.DispatcherHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;

/**
 * The parts of the application's dispatcher in its order: all beans that find, call or write
 * something in WebFlux. Immutable.
 *
 * @param mappings find handlers
 * @param asked the same mappings, in the form in which they are asked
 * @param adapters call handlers
 * @param errorHandlers the adapters that handle errors of requests without a handler
 * @param resultHandlers write results
 */
public record DispatchParts(
        List<HandlerMapping> mappings,
        List<HandlerMapping> asked,
        List<HandlerAdapter> adapters,
        List<DispatchExceptionHandler> errorHandlers,
        List<HandlerResultHandler> resultHandlers) {

    /** Reads the parts as Spring's dispatcher does. */
    public static DispatchParts of(DispatcherHandler dispatcher, ApplicationContext context) {
        List<HandlerMapping> found = dispatcher.getHandlerMappings();
        List<HandlerMapping> mappings = found == null ? List.of() : List.copyOf(found);
        List<HandlerAdapter> adapters = ordered(context, HandlerAdapter.class);
        return new DispatchParts(
                mappings,
                mappings.stream().map(EndpointMapping::of).toList(),
                adapters,
                adapters.stream()
                        .filter(DispatchExceptionHandler.class::isInstance)
                        .map(DispatchExceptionHandler.class::cast)
                        .toList(),
                ordered(context, HandlerResultHandler.class));
    }

    private static <T> List<T> ordered(ApplicationContext context, Class<T> type) {
        return BeanFactoryUtils.beansOfTypeIncludingAncestors(context, type, true, false)
                .values()
                .stream()
                .sorted(AnnotationAwareOrderComparator.INSTANCE)
                .toList();
    }

    /** Returns the adapter of a handler, or null. */
    public @Nullable HandlerAdapter adapterOf(Object handler) {
        for (int i = 0; i < adapters.size(); i++) {
            HandlerAdapter adapter = adapters.get(i);
            if (adapter.supports(handler)) {
                return adapter;
            }
        }
        return null;
    }

    /** Returns the handler of a result, or null. */
    public @Nullable HandlerResultHandler resultHandlerOf(HandlerResult result) {
        for (int i = 0; i < resultHandlers.size(); i++) {
            HandlerResultHandler handler = resultHandlers.get(i);
            if (handler.supports(result)) {
                return handler;
            }
        }
        return null;
    }
}
