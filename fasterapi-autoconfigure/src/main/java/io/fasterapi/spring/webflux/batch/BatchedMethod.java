package io.fasterapi.spring.webflux.batch;

import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/**
 * A single-item method as WebFlux calls it: what is invoked is the bridge, what exception handlers,
 * binders and advice are looked up by is the controller. Immutable.
 */
public final class BatchedMethod extends HandlerMethod {

    private final @Nullable BatchBridge bridge;

    private BatchedMethod(HandlerMethod method, BatchBridge bridge) {
        super(method);
        this.bridge = bridge;
    }

    /** Returns whether a method stands for a batch handler. */
    public static boolean is(HandlerMethod method) {
        return method instanceof BatchedMethod || method.getBean() instanceof BatchBridge;
    }

    /** Returns a method as WebFlux calls it: the same unless it stands for a batch handler. */
    public static HandlerMethod of(HandlerMethod method) {
        return !(method instanceof BatchedMethod) && method.getBean() instanceof BatchBridge bridge
                ? new BatchedMethod(method, bridge)
                : method;
    }

    /** Returns a method's name for people, who know the batch handler behind it. */
    public static String describe(HandlerMethod method) {
        return method.getBean() instanceof BatchBridge bridge
                ? "%s#%s(List), batched"
                        .formatted(bridge.controllerType().getName(), method.getMethod().getName())
                : method.toString();
    }

    @Override
    public Object getBean() {
        return bridge == null ? super.getBean() : bridge.controller();
    }

    /** Also called by the constructor above this one, when there is no bridge yet. */
    @Override
    public Class<?> getBeanType() {
        return bridge == null ? super.getBeanType() : bridge.controllerType();
    }
}
