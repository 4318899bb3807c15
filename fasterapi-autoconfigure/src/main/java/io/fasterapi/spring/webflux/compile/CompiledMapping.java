package io.fasterapi.spring.webflux.compile;

import io.fasterapi.route.PathShape;
import io.fasterapi.spring.webflux.invoke.CompiledMethod;
import io.fasterapi.spring.webflux.invoke.LaneCounters;
import io.fasterapi.spring.webflux.invoke.MappingCounters;
import io.fasterapi.spring.webflux.route.Lane;
import io.fasterapi.spring.webflux.route.LaneRestriction;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.util.pattern.PathPattern;

/**
 * One pattern of a handler method and its lane. At start-up only.
 *
 * @param methods its HTTP methods; empty for all
 * @param byAccept whether the Accept header decides, too (produces)
 * @param parsed its pattern
 * @param shape what the pattern matches
 * @param handler the handler method
 * @param compiled its form for the direct lane, or null
 * @param restriction why it is not on the direct lane, or null
 */
record CompiledMapping(
        Set<String> methods,
        boolean byAccept,
        PathPattern parsed,
        PathShape shape,
        HandlerMethod handler,
        @Nullable CompiledMethod compiled,
        @Nullable LaneRestriction restriction) {

    static CompiledMapping of(
            RequestMappingInfo info,
            PathPattern pattern,
            HandlerMethod handler,
            @Nullable CompiledMethod method,
            @Nullable LaneRestriction restriction) {
        Set<String> names = new TreeSet<>();
        info.getMethodsCondition().getMethods().forEach(each -> names.add(each.name()));
        return new CompiledMapping(
                names,
                !info.getProducesCondition().isEmpty(),
                pattern,
                PathShape.of(pattern.getPatternString()),
                handler,
                method,
                restriction);
    }

    CompiledMapping leaving(LaneRestriction because) {
        return new CompiledMapping(methods, byAccept, parsed, shape, handler, null, because);
    }

    /** Returns the lane of its ordinary requests. */
    Lane lane() {
        if (compiled != null) {
            return Lane.DIRECT;
        }
        return restriction == null ? Lane.FILTERED : restriction.best();
    }

    MappingCounters counters(LaneCounters all) {
        return new MappingCounters(all, lane());
    }

    /** Returns the pattern as written, with the prefix of its class. */
    String pattern() {
        return parsed.getPatternString();
    }

    /** Returns whether the mapping answers requests with this method. */
    boolean answers(String method) {
        return methods.isEmpty() || methods.contains(method);
    }

    boolean sharesMethodWith(CompiledMapping other) {
        return methods.isEmpty()
                || other.methods.isEmpty()
                || methods.stream().anyMatch(other.methods::contains);
    }
}
