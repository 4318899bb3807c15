package io.fasterapi.admission;

import io.fasterapi.log.SafeLog;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.Exceptions;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Learns of errors of one exchange that no signal can carry, since whoever would have passed them
 * on has thrown or has ended. Found in the exchange's context. Any thread.
 */
public interface UnsignalledErrors extends Consumer<Throwable> {

    /*
     * Reactor throws errors of the JVM at its caller, even out of the signal that reports one. Some
     * callers, as Reactor Netty's writer, then signal once more to operators that take themselves
     * for ended. Those drop the error, by the hook that they find in their context under this key.
     */
    String KEY = "reactor.onErrorDropped.local";

    /** Ends the exchange, unless it has ended. */
    void fail(Throwable cause);

    /**
     * Ends the exchange if it was an error of the JVM that was dropped; anything else is logged.
     */
    @Override
    default void accept(Throwable dropped) {
        if (Exceptions.isJvmFatal(dropped) || Exceptions.isBubbling(dropped)) {
            fail(dropped);
        } else {
            log(dropped);
        }
    }

    /** Returns a context in which this is found. */
    default Context in(Context context) {
        return context.put(KEY, this);
    }

    /** Ends the exchange that a context belongs to; if it belongs to none, the error is dropped. */
    static void fail(ContextView context, Throwable cause) {
        if (context.getOrDefault(KEY, null) instanceof UnsignalledErrors exchange) {
            exchange.fail(cause);
        } else {
            log(cause, Context.of(context));
        }
    }

    /** Drops an error of an exchange that has ended, as Reactor does by default. */
    static void log(Throwable dropped) {
        log(dropped, Context.empty());
    }

    /** Cancels a source, if there is one; what that throws is dropped. */
    static void cancel(@Nullable Subscription source) {
        if (source != null) {
            try {
                source.cancel();
            } catch (Throwable ex) {
                log(ex);
            }
        }
    }

    private static void log(Throwable dropped, Context context) {
        try {
            Operators.onErrorDropped(dropped, context);
        } catch (Throwable ex) { // a hook of the application's
            System.Logger logger = System.getLogger(UnsignalledErrors.class.getName());
            SafeLog.error(
                    logger,
                    () ->
                            "an error came after its exchange had ended, and Reactor's onErrorDropped hook failed",
                    dropped);
        }
    }
}
