package io.fasterapi.spring.equality;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Spans for requests, in the trace of the client's. Nothing is exported. */
@Configuration(proxyBeanMethods = false)
class TracingVariant {

    private final io.opentelemetry.api.trace.Tracer spans =
            SdkTracerProvider.builder().build().get("equality");

    @Bean
    Tracer tracer() {
        return new OtelTracer(spans, new OtelCurrentTraceContext(), event -> {});
    }

    @Bean
    @Order(1)
    PropagatingReceiverTracingObservationHandler<?> receiving(Tracer tracer) {
        ContextPropagators w3c = ContextPropagators.create(W3CTraceContextPropagator.getInstance());
        return new PropagatingReceiverTracingObservationHandler<>(
                tracer, new OtelPropagator(w3c, spans));
    }

    @Bean
    @Order(2)
    DefaultTracingObservationHandler others(Tracer tracer) {
        return new DefaultTracingObservationHandler(tracer);
    }

    /** Which trace is current in a handler. */
    @RestController
    static class Endpoints {

        private final Tracer tracer;

        Endpoints(Tracer tracer) {
            this.tracer = tracer;
        }

        private String current() {
            Span span = tracer.currentSpan();
            return span == null ? "none" : span.context().traceId();
        }

        @GetMapping("/traced/now")
        String now() {
            return current();
        }

        @GetMapping("/traced/later")
        Mono<String> later() {
            return Mono.fromCallable(this::current);
        }

        @GetMapping("/traced/delayed")
        Mono<String> delayed() {
            return Mono.delay(Duration.ofMillis(1)).map(tick -> current());
        }

        @GetMapping("/traced/stream")
        Flux<String> stream() {
            return Flux.range(0, 2).map(i -> current());
        }
    }
}
