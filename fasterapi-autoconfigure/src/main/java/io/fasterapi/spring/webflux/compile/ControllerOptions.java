package io.fasterapi.spring.webflux.compile;

import io.fasterapi.admission.Refusals;
import io.fasterapi.placement.Placements;
import io.fasterapi.route.FastPath;
import io.fasterapi.spring.ConfigurationRefusedException;
import io.fasterapi.spring.webflux.route.LaneRestriction;
import java.util.Collection;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.method.HandlerMethod;

/**
 * Which controller methods may take the direct lane. Immutable.
 *
 * @param choice which methods
 * @param placements where they run
 * @param mostBytes the longest request body that is read, in bytes
 * @param refusals the answers of requests that a batcher refuses
 */
public record ControllerOptions(
        Choice choice, Placements placements, int mostBytes, Refusals refusals) {

    /** Which controller methods may take the direct lane. */
    public enum Choice {
        /** All whose answers are provably the same there. */
        AUTO,
        /** Only those with {@link FastPath}. */
        ANNOTATED,
        /** None. */
        OFF
    }

    boolean wants(HandlerMethod method) {
        return choice == Choice.AUTO || (choice == Choice.ANNOTATED && asksFor(method));
    }

    /** Refuses {@code @FastPath} on mappings that cannot take the direct lane. */
    static void check(Collection<CompiledMapping> mappings) {
        for (CompiledMapping mapping : mappings) {
            LaneRestriction restriction = mapping.restriction();
            if (restriction != null && asksFor(mapping.handler())) {
                throw new ConfigurationRefusedException(
                        "@FastPath on %s (%s) cannot be honoured: %s"
                                .formatted(
                                        mapping.handler(), mapping.pattern(), restriction.text()),
                        "Remove the annotation: the method is then served on the lane that the"
                                + " report names. Or remove what the message names.");
            }
        }
    }

    static boolean asksFor(HandlerMethod method) {
        return method.hasMethodAnnotation(FastPath.class)
                || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), FastPath.class);
    }
}
