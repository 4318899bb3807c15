package io.fasterapi.spring.webflux.invoke;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/**
 * What dispatches the exchanges of an application: its own parts, and what is known of its handler
 * methods. Immutable; its plans and counters are shared by all threads.
 *
 * @param parts the application's own
 * @param plans those of each method, one for each type of bean that has it
 * @param counters of handlers that have no plan
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
