package io.fasterapi.spring.webflux.batch;

import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/**
 * A single-item method as WebFlux calls it. WebFlux invokes the bridge, but finds exception
 * handlers, binders and advice by the controller. Immutable.
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

    /**
     * Returns the method as WebFlux calls it. It is the same unless it stands for a batch handler.
     */
    public static HandlerMethod of(HandlerMethod method) {
        return !(method instanceof BatchedMethod) && method.getBean() instanceof BatchBridge bridge
                ? new BatchedMethod(method, bridge)
                : method;
    }

    /** Returns the name of a method for people. They know the batch handler, not the bridge. */
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

    /** The superclass constructor also calls it, before there is a bridge. */
    @Override
    public Class<?> getBeanType() {
        return bridge == null ? super.getBeanType() : bridge.controllerType();
    }
}
