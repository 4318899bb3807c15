package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.core.HandlerCore;
import io.fasterapi.http.BufferedResponse;
import io.fasterapi.http.Deadline;
import io.fasterapi.http.FastRequest;
import io.fasterapi.spring.webflux.dispatch.GuardedFlux;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * Writes the Flux that a compiled method returned: as one body if all of it is there at once, else
 * as Spring does, with its demand. All threads share it.
 */
final class FluxResponseWriter {

    private final CompiledMethod compiled;
    private final CompiledResponseWriter writer;
    private final MappingCounters counters;

    FluxResponseWriter(
            CompiledMethod compiled, CompiledResponseWriter writer, MappingCounters counters) {
        this.compiled = compiled;
        this.writer = writer;
        this.counters = counters;
    }

    /**
     * Ends the response.
     *
     * @throws WebFluxFallback if WebFlux must write it
     */
    void write(
            @Nullable Object returned,
            AnswerFormat format,
            FastRequest request,
            BufferedResponse response) {
        ResponseEntity<?> entity = null;
        Object body = returned;
        if (compiled.result().entity()) {
            entity =
                    returned instanceof ResponseEntity<?> own && CompiledResponseWriter.isPlain(own)
                            ? own
                            : null;
            body = entity == null ? null : entity.getBody();
        }
        StreamEncoding encoding = body instanceof Flux<?> ? encoding(format) : null;
        if (encoding == null || !(body instanceof Flux<?> values)) {
            throw writer.returned(returned, request);
        }
        DataBufferFactory factory = writer.buffers(response.alloc());
        Flux<DataBuffer> encoded = encoding.encode(values, factory);
        Scheduler scheduler = scheduler();
        if (encoded == null) {
            Flux<?> placed =
                    scheduler == null ? values : GuardedFlux.ending(values).subscribeOn(scheduler);
            response.fail(
                    streamed(entity, request, (asked, out) -> encoding.write(placed, asked, out)));
            return;
        }
        BufferGathering gathering = new BufferGathering(factory, context(request), scheduler);
        gathering.begin(encoded);
        DataBuffer whole = gathering.whole();
        if (whole != null && writer.write(whole, entity, format, request, response)) {
            return;
        }
        Flux<DataBuffer> rest = whole == null ? gathering : Flux.just(whole);
        gathering.open();
        response.onCancel(gathering::cancel);
        response.fail(
                streamed(
                        entity,
                        request,
                        (asked, out) -> {
                            out.getHeaders()
                                    .set(HttpHeaders.CONTENT_TYPE, format.contentType().toString());
                            return out.writeWith(rest);
                        }));
    }

    private @Nullable StreamEncoding encoding(AnswerFormat format) {
        BodyEncoders encoders = compiled.result().encoders();
        try {
            return encoders == null ? null : format.streamEncoding(encoders);
        } catch (Throwable ex) {
            return null; // WebFlux will meet it, too
        }
    }

    /** Returns where more is requested from a source that may not be asked on an event loop. */
    private static @Nullable Scheduler scheduler() {
        HandlerCore core = HandlerCore.current();
        if (core != null) {
            return core.scheduler();
        }
        return Schedulers.isInNonBlockingThread() ? null : Schedulers.boundedElastic();
    }

    private static Context context(FastRequest request) {
        Deadline deadline = request.deadline();
        return deadline == null ? Context.empty() : deadline.in(Context.empty());
    }

    private StreamedResult streamed(
            @Nullable ResponseEntity<?> entity,
            FastRequest request,
            StreamedResult.Writing writing) {
        return new StreamedResult(compiled, request.body(), counters, entity, writing);
    }
}
