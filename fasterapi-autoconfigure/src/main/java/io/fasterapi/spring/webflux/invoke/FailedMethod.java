package io.fasterapi.spring.webflux.invoke;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;

/**
 * Stands in WebFlux for a controller method that has failed already: invoking it raises the
 * failure, and the exception handlers of the controller apply. Belongs to one exchange.
 */
final class FailedMethod extends HandlerMethod {

    static final Method RAISE;

    static {
        try {
            RAISE = Failure.class.getMethod("raise");
        } catch (NoSuchMethodException ex) {
            throw new ExceptionInInitializerError(ex);
        }
    }

    private final @Nullable HandlerMethod original;

    FailedMethod(HandlerMethod original, Throwable failure) {
        super(new Failure(failure), RAISE);
        this.original = original;
    }

    @Override
    public Object getBean() {
        return original == null ? super.getBean() : original.getBean();
    }

    /** Also called by the constructor above this one, when there is no original yet. */
    @Override
    public Class<?> getBeanType() {
        return original == null ? super.getBeanType() : original.getBeanType();
    }

    @Override
    public String toString() {
        return String.valueOf(original);
    }

    /**
     * What WebFlux invokes.
     *
     * @param cause what the controller method threw
     */
    public record Failure(Throwable cause) {

        /** Throws the cause. */
        public void raise() throws Throwable {
            throw cause;
        }
    }
}
