package io.fasterapi.spring.controller;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.InitBinder;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.method.ControllerAdviceBean;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.config.WebFluxConfigurationSupport;
import org.springframework.web.reactive.config.WebFluxConfigurer;

/**
 * Finds what an application has changed about controllers that a compiled method would not take
 * part in. At start-up only.
 */
final class Customisations {

    private static final String BOOT = "org.springframework.boot.";

    private final ApplicationContext context;

    Customisations(ApplicationContext context) {
        this.context = context;
    }

    /** Returns what concerns every controller, as part of a sentence, or null. */
    @Nullable String obstacle() {
        for (Object support : all(WebFluxConfigurationSupport.class)) {
            if (!support.getClass().getName().startsWith(BOOT)) {
                return "WebFlux is configured by hand (@EnableWebFlux)";
            }
        }
        if (Threading.VIRTUAL.isActive(context.getEnvironment())) {
            return "controllers run on virtual threads";
        }
        for (WebFluxConfigurer configurer : all(WebFluxConfigurer.class)) {
            String changed = changed(configurer);
            if (changed != null) {
                return changed;
            }
        }
        for (ControllerAdviceBean advice : ControllerAdviceBean.findAnnotatedBeans(context)) {
            Class<?> type = advice.getBeanType();
            String found = type == null ? null : ofType(type);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Also those of parent contexts, which WebFlux is given too. */
    private <T> Collection<T> all(Class<T> type) {
        return BeanFactoryUtils.beansOfTypeIncludingAncestors(context, type).values();
    }

    private static @Nullable String changed(WebFluxConfigurer configurer) {
        Class<?> type = ClassUtils.getUserClass(configurer);
        if (type.getName().startsWith(BOOT)) {
            return null;
        }
        if (overrides(type, "configureContentTypeResolver")) {
            return "content negotiation is configured";
        }
        if (overrides(type, "configureBlockingExecution")) {
            return "blocking execution is configured";
        }
        return null;
    }

    private static boolean overrides(Class<?> type, String name) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals(name))
                .anyMatch(method -> method.getDeclaringClass() != WebFluxConfigurer.class);
    }

    /** Returns what a controller or advice adds to controller methods, or null. */
    static @Nullable String ofType(Class<?> type) {
        if (has(type, InitBinder.class)) {
            return "an @InitBinder method applies";
        }
        if (!MethodIntrospector.selectMethods(type, Customisations::isModelMethod).isEmpty()) {
            return "a @ModelAttribute method applies";
        }
        if (!MethodIntrospector.selectMethods(type, Customisations::asksForMethod).isEmpty()) {
            return "an @ExceptionHandler asks for the HandlerMethod";
        }
        return null;
    }

    private static boolean has(
            Class<?> type, Class<? extends java.lang.annotation.Annotation> annotation) {
        return !MethodIntrospector.selectMethods(
                        type,
                        (Method method) -> AnnotatedElementUtils.hasAnnotation(method, annotation))
                .isEmpty();
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
