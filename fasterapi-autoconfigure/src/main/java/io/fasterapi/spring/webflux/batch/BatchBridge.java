package io.fasterapi.spring.webflux.batch;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * What classes of single-item methods have in common: one method per batch handler of a controller,
 * which submits its argument. Made at start-up, called by all threads.
 */
public abstract class BatchBridge {

    private final Parts parts;

    /**
     * What a bridge is made of.
     *
     * @param submissions one for each of its methods
     * @param controllerName the name of the controller's bean
     * @param controllerType its class
     * @param controller gives the bean
     */
    record Parts(
            List<Function<Object, Mono<Object>>> submissions,
            String controllerName,
            Class<?> controllerType,
            Supplier<Object> controller) {}

    /**
     * Creates a bridge.
     *
     * @param parts what it is made of; typed loosely since a class in another package calls this
     */
    protected BatchBridge(Object parts) {
        this.parts = (Parts) parts;
    }

    /** Submits an item for the batch handler of that number. */
    protected final Mono<?> submit(int number, Object item) {
        return parts.submissions().get(number).apply(item);
    }

    final Class<?> controllerType() {
        return parts.controllerType();
    }

    final Object controller() {
        return parts.controller().get();
    }

    /** Returns the controller's name: tools that list controllers look for it. */
    @Override
    public final String toString() {
        return parts.controllerName();
    }
}
