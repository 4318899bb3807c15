package io.fasterapi.spring.webflux.invoke;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/**
 * Dispatches the exchanges of an application: its own parts and the plans of its handler methods.
 * Immutable; all threads share its plans and counters.
 *
 * @param parts the application's own parts
 * @param plans the plans of each method, one per type of bean
 * @param counters counts handlers without a plan
 */
public record Dispatcher(
        DispatchParts parts, Map<Method, List<MethodPlan>> plans, LaneCounters counters) {

    @Nullable MethodPlan planOf(HandlerMethod method) {
        List<MethodPlan> known = plans.get(method.getMethod());
        if (known != null) {
            for (int i = 0; i < known.size(); i++) {
                MethodPlan plan = known.get(i);
                if (plan.beanType() == method.getBeanType()) {
                    return plan;
                }
            }
        }
        return null;
    }
}
