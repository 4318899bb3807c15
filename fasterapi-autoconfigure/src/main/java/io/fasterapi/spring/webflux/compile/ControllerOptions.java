package io.fasterapi.spring.webflux.compile;

import io.fasterapi.placement.Placements;
import io.fasterapi.route.FastPath;
import java.util.Collection;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/**
 * Which controller methods may take the direct lane, and how.
 *
 * @param choice which
 * @param placements where they run
 * @param mostBytes the longest request body that is read, in bytes
 */
public record ControllerOptions(Choice choice, Placements placements, int mostBytes) {

    /** Which controller methods may take the direct lane. */
    public enum Choice {
        /** Every one that is provably equal there. */
        AUTO,
        /** Only those with {@link FastPath}. */
        ANNOTATED,
        /** None. */
        OFF
    }

    boolean wants(HandlerMethod method) {
        return choice == Choice.AUTO || (choice == Choice.ANNOTATED && asksFor(method));
    }

    /** Tells whether one of several methods asks for the direct lane by name. */
    static boolean isAskedFor(Collection<HandlerMethod> methods) {
        for (HandlerMethod method : methods) {
            if (asksFor(method)) {
                return true;
            }
        }
        return false;
    }

    static boolean asksFor(HandlerMethod method) {
        return method.hasMethodAnnotation(FastPath.class)
                || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), FastPath.class);
    }
}
