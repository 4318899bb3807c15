package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.http.BufferedResponse;
import io.fasterapi.http.FastHandler;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.FastResponse;
import io.fasterapi.spring.webflux.invoke.ResultPlan.Wrapping;
import io.fasterapi.spring.webflux.route.LaneRestriction.Reason;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Serves one compiled method on the direct lane: arguments, call, answer. All threads share it; it
 * runs in the placement of its route.
 */
public final class CompiledHandler implements FastHandler {

    private static final Object[] NO_ARGUMENTS = {};

    private final CompiledMethod compiled;
    private final CompiledResponseWriter writer;
    private final FluxResponseWriter streams;

    /** Creates the handler of one pattern. */
    public CompiledHandler(CompiledMethod compiled, MappingCounters counters) {
        this.compiled = compiled;
        this.writer = new CompiledResponseWriter(compiled, counters);
        this.streams = new FluxResponseWriter(compiled, writer, counters);
    }

    @Override
    public void handle(FastRequest request, FastResponse response) {
        String accept = request.header(HttpHeaderNames.ACCEPT);
        AnswerFormat format = compiled.formats().find(accept == null ? "" : accept);
        if (format == null) {
            throw notInvoked(request, Reason.ACCEPT);
        }
        @Nullable Object[] arguments = arguments(request);
        Object value;
        try {
            value = compiled.invocation().call(arguments);
        } catch (Throwable ex) {
            throw writer.failed(ex, request);
        }
        BufferedResponse buffered = (BufferedResponse) response;
        Wrapping wrapping = compiled.result().wrapping();
        if (wrapping == Wrapping.FLUX) {
            streams.write(value, format, request, buffered);
        } else if (value == null || wrapping == Wrapping.PLAIN) {
            writer.write(value, value, format, request, buffered);
        } else if (wrapping == Wrapping.MONO) {
            new AsyncResultSubscriber(writer, format, request, buffered).await((Mono<?>) value);
        } else {
            new AsyncResultSubscriber(writer, format, request, buffered)
                    .await((CompletionStage<?>) value);
        }
    }

    private @Nullable Object[] arguments(FastRequest request) {
        List<ArgumentReader> readers = compiled.arguments();
        int count = readers.size();
        if (count == 0) {
            return NO_ARGUMENTS;
        }
        @Nullable Object[] values = new Object[count];
        try {
            for (int i = 0; i < count; i++) {
                values[i] = readers.get(i).read(request);
            }
        } catch (UnresolvedException ex) {
            throw notInvoked(request, Reason.ARGUMENT);
        } catch (Throwable ex) {
            throw writer.failed(ex, request);
        }
        return values;
    }

    private WebFluxFallback notInvoked(FastRequest request, Reason reason) {
        return WebFluxFallback.notInvoked(compiled, request.body(), reason);
    }
}
