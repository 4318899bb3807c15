package io.fasterapi.spring.webflux.compile;

import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.LaneRestriction;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.ControllerAdviceBean;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.config.WebFluxConfigurationSupport;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/**
 * Finds changes of WebFlux by the application that methods called without Spring's adapter would
 * miss. At start-up only, on one thread.
 */
final class WebFluxCustomizationDetector {

    private static final String BOOT = "org.springframework.boot.";

    private final ApplicationContext context;
    private final List<ControllerAdviceBean> advices;
    private final Map<Class<?>, Optional<String>> ofTypes = new HashMap<>();

    WebFluxCustomizationDetector(ApplicationContext context) {
        this.context = context;
        this.advices = ControllerAdviceBean.findAnnotatedBeans(context);
    }

    /** Returns why no method may take the direct lane, or null. */
    @Nullable LaneRestriction ofApplication() {
        if (isByHand()) {
            return customised("WebFlux is configured by hand (@EnableWebFlux)");
        }
        if (Threading.VIRTUAL.isActive(context.getEnvironment())) {
            return customised("controllers run on virtual threads");
        }
        if (configures(context, "configureContentTypeResolver")) {
            return customised("content negotiation is configured");
        }
        if (configures(context, "configureBlockingExecution")) {
            return customised("blocking execution is configured");
        }
        return null;
    }

    private static LaneRestriction customised(String how) {
        return LaneRestriction.of(Reason.CUSTOMISED, Lane.FILTERED, how);
    }

    /** Returns whether the adapter may call methods on other threads. */
    boolean mayBlock() {
        return Threading.VIRTUAL.isActive(context.getEnvironment())
                || configures(context, "configureBlockingExecution")
                || isByHand();
    }

    /** Returns whether the Accept header alone decides the type of a method's answer. */
    boolean negotiatesByAccept() {
        return !configures(context, "configureContentTypeResolver") && !isByHand();
    }

    private boolean isByHand() {
        return BeanFactoryUtils.beansOfTypeIncludingAncestors(
                        context, WebFluxConfigurationSupport.class)
                .values()
                .stream()
                .anyMatch(each -> !each.getClass().getName().startsWith(BOOT));
    }

    /** Returns whether a configurer of the application overrides the method. */
    static boolean configures(ApplicationContext context, String name) {
        return BeanFactoryUtils.beansOfTypeIncludingAncestors(context, WebFluxConfigurer.class)
                .values()
                .stream()
                .map(ClassUtils::getUserClass)
                .filter(type -> !type.getName().startsWith(BOOT))
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .anyMatch(
                        method ->
                                method.getName().equals(name)
                                        && method.getDeclaringClass() != WebFluxConfigurer.class);
    }

    /** Returns what Spring's adapter does around the methods of a controller, or null. */
    @Nullable String ofType(Class<?> controller) {
        return ofTypes.computeIfAbsent(controller, each -> Optional.ofNullable(find(each)))
                .orElse(null);
    }

    private @Nullable String find(Class<?> controller) {
        String found = declaredBy(controller);
        for (ControllerAdviceBean advice : advices) {
            Class<?> type = advice.getBeanType();
            if (found == null && type != null && advice.isApplicableToBeanType(controller)) {
                found = declaredBy(type);
            }
        }
        return found;
    }

    private static @Nullable String declaredBy(Class<?> type) {
        if (has(type, each -> AnnotatedElementUtils.hasAnnotation(each, InitBinder.class))) {
            return "an @InitBinder method applies";
        }
        if (has(type, WebFluxCustomizationDetector::isModelMethod)) {
            return "a @ModelAttribute method applies";
        }
        return has(type, WebFluxCustomizationDetector::asksForMethod)
                ? "an @ExceptionHandler asks for the HandlerMethod"
                : null;
    }

    private static boolean has(Class<?> type, ReflectionUtils.MethodFilter methods) {
        return !MethodIntrospector.selectMethods(type, methods).isEmpty();
    }

    private static boolean isModelMethod(Method method) {
        return AnnotatedElementUtils.hasAnnotation(method, ModelAttribute.class)
                && !AnnotatedElementUtils.hasAnnotation(method, RequestMapping.class);
    }

    private static boolean asksForMethod(Method method) {
        return AnnotatedElementUtils.hasAnnotation(method, ExceptionHandler.class)
                && Arrays.stream(method.getParameterTypes())
                        .anyMatch(HandlerMethod.class::isAssignableFrom);
    }
}
