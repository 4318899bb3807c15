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
 * Stands in WebFlux for a controller method that has failed already: invoking it raises the
 * failure, and the exception handlers of the controller apply. Or for one that has returned: what
 * its result fails with goes to the exception handler that comes with it. Belongs to one exchange.
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
     * Has the adapter handle what a result has failed with. Nothing is thrown for that: an error of
     * the JVM, which Reactor lets pass where it is thrown, has its exception handlers where it is
     * signalled.
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
     * @param cause what the controller method threw, null if it has returned
     */
    public record Failure(@Nullable Throwable cause) {

        /**
         * Throws the cause; if there is none, returns something, so that a handler comes with it.
         */
        public Object raise() throws Throwable {
            if (cause != null) {
                throw cause;
            }
            return this;
        }
    }
}
