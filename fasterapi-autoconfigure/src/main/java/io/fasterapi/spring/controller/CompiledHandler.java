package io.fasterapi.spring.controller;

import io.fasterapi.http.BufferedResponse;
import io.fasterapi.http.FastHandler;
import io.fasterapi.http.FastRequest;
import io.fasterapi.http.FastResponse;
import io.fasterapi.spring.controller.Result.Wrapping;
import io.fasterapi.spring.webflux.route.Lane;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.util.AsciiString;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Serves one compiled method: arguments, call, answer. Shared by all threads; runs where the
 * route's placement says.
 */
final class CompiledHandler implements FastHandler {

    private static final Object[] NO_ARGUMENTS = {};

    private final CompiledMethod compiled;
    private final Answer answer;
    private final LaneCounters counters;

    CompiledHandler(CompiledMethod compiled, LaneCounters counters) {
        this.compiled = compiled;
        this.answer = new Answer(compiled, compiled.status());
        this.counters = counters;
    }

    @Override
    public void handle(FastRequest request, FastResponse response) {
        AsciiString type = typeFor(request);
        @Nullable Object[] arguments = arguments(request);
        counters.called(Lane.DIRECT);
        Object value;
        try {
            value = compiled.invocation().call(arguments);
        } catch (Throwable ex) {
            throw Resumption.failed(compiled.method().getMethod(), request.body(), ex);
        }
        BufferedResponse buffered = (BufferedResponse) response;
        Wrapping wrapping = compiled.result().wrapping();
        if (value == null || wrapping == Wrapping.PLAIN) {
            answer.write(value, value, type, request, buffered);
        } else if (wrapping == Wrapping.MONO) {
            new Awaited(answer, type, request, buffered).await((Mono<?>) value);
        } else {
            new Awaited(answer, type, request, buffered).await((CompletionStage<?>) value);
        }
    }

    private AsciiString typeFor(FastRequest request) {
        String accept = request.header(HttpHeaderNames.ACCEPT);
        AsciiString type = compiled.types().find(accept == null ? "" : accept);
        if (type == null) {
            throw notInvoked(request);
        }
        return type;
    }

    private @Nullable Object[] arguments(FastRequest request) {
        int count = compiled.arguments().size();
        if (count == 0) {
            return NO_ARGUMENTS;
        }
        @Nullable Object[] values = new Object[count];
        try {
            for (int i = 0; i < count; i++) {
                values[i] = compiled.arguments().get(i).read(request);
            }
        } catch (Unresolved ex) {
            throw notInvoked(request);
        }
        return values;
    }

    private Resumption notInvoked(FastRequest request) {
        return Resumption.notInvoked(compiled.method().getMethod(), request.body());
    }
}
