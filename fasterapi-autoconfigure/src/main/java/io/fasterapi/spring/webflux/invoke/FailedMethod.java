package io.fasterapi.spring.webflux.invoke;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Stands for a controller method that has failed already. Invoking it throws the failure, and the
 * exception handlers of the controller apply. It also stands for one that has returned; then the
 * failure of its result goes to the exception handler that comes with it. It belongs to one
 * exchange.
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

    FailedMethod(HandlerMethod original, @Nullable Throwable failure) {
        super(new Failure(failure), RAISE);
        this.original = original;
    }

    /**
     * Lets the adapter handle the failure of a result. Nothing is thrown for that: an error of the
     * JVM has exception handlers only where it is signalled, because Reactor does not catch it
     * where it is thrown.
     */
    static Mono<HandlerResult> handle(
            DispatchParts parts,
            ServerWebExchange exchange,
            HandlerMethod original,
            Throwable cause) {
        FailedMethod returned = new FailedMethod(original, null);
        HandlerAdapter adapter = parts.adapterOf(returned);
        if (adapter == null) {
            return Mono.error(cause);
        }
        return adapter.handle(exchange, returned)
                .flatMap(
                        result -> {
                            DispatchExceptionHandler handler = result.getExceptionHandler();
                            return handler == null
                                    ? Mono.error(cause)
                                    : handler.handleError(exchange, cause);
                        });
    }

    @Override
    public Object getBean() {
        return original == null ? super.getBean() : original.getBean();
    }

    /** The superclass constructor also calls it, before there is an original. */
    @Override
    public Class<?> getBeanType() {
        return original == null ? super.getBeanType() : original.getBeanType();
    }

    @Override
    public String toString() {
        return String.valueOf(original);
    }

    /**
     * The bean that WebFlux invokes.
     *
     * @param cause what the controller method threw; null if it has returned
     */
    public record Failure(@Nullable Throwable cause) {

        /** Throws the cause. Without one it returns a value, which brings an exception handler. */
        public Object raise() throws Throwable {
            if (cause != null) {
                throw cause;
            }
            return this;
        }
    }
}
