package io.fasterapi.spring.webflux.batch;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * The superclass of the generated classes with single-item methods. It has one method per batch
 * handler of a controller, which submits its argument. Created at start-up; all threads call it.
 */
public abstract class BatchBridge {

    private final Parts parts;

    /**
     * The contents of a bridge.
     *
     * @param submissions one for each method
     * @param controllerName the name of the controller's bean
     * @param controllerType the controller's class
     * @param controller returns the bean
     */
    record Parts(
            List<Function<Object, Mono<Object>>> submissions,
            String controllerName,
            Class<?> controllerType,
            Supplier<Object> controller) {}

    /**
     * Creates a bridge.
     *
     * @param parts its contents; loosely typed because generated classes of other packages call
     *     this
     */
    protected BatchBridge(Object parts) {
        this.parts = (Parts) parts;
    }

    /** Submits an item to the batch handler of that number. */
    protected final Mono<?> submit(int number, Object item) {
        return parts.submissions().get(number).apply(item);
    }

    final Class<?> controllerType() {
        return parts.controllerType();
    }

    final Object controller() {
        return parts.controller().get();
    }

    /** Returns the name of the controller. Tools that list controllers show it. */
    @Override
    public final String toString() {
        return parts.controllerName();
    }
}
