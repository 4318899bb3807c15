package io.fasterapi.spring.controller;

import io.fasterapi.spring.controller.Result.Wrapping;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.reactivestreams.Publisher;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.codec.ByteArrayEncoder;
import org.springframework.core.codec.CharSequenceEncoder;
import org.springframework.core.codec.Encoder;
import org.springframework.core.io.Resource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.ui.Model;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.view.Rendering;
import org.springframework.web.reactive.result.view.View;
import reactor.core.publisher.Mono;

/** Finds out what a controller method returns, or why it stays on WebFlux. At start-up only. */
final class ResultCompiler {

    private static final Class<?>[] FOREIGN = {
        Resource.class,
        DataBuffer.class,
        ByteBuffer.class,
        HttpHeaders.class,
        ProblemDetail.class,
        ErrorResponse.class,
        ServerSentEvent.class,
        Model.class,
        Rendering.class,
        View.class,
        HttpEntity.class,
        CharSequence.class,
    };

    private final MessageCodecs codecs;
    private final JsonBodies json;

    ResultCompiler(MessageCodecs codecs, JsonBodies json) {
        this.codecs = codecs;
        this.json = json;
    }

    /** Tells whether a value is of a class that WebFlux does not write as JSON. */
    static boolean isForeign(Object value) {
        for (Class<?> foreign : FOREIGN) {
            if (foreign.isInstance(value)) {
                return true;
            }
        }
        return value instanceof byte[] || value instanceof Publisher;
    }

    Result compile(HandlerMethod method) throws NotCompilable {
        MethodParameter returned = method.getReturnType();
        ResolvableType declared = ResolvableType.forMethodParameter(returned);
        Wrapping wrapping = wrapping(declared.toClass());
        ResolvableType value = wrapping == Wrapping.PLAIN ? declared : declared.getGeneric();
        boolean entity = value.toClass() == ResponseEntity.class;
        if (!entity && !isResponseBody(method)) {
            throw new NotCompilable("renders a view (no @ResponseBody)");
        }
        ResolvableType body = entity ? value.getGeneric() : value;
        if (isVoid(body.toClass())) {
            return new Result(wrapping, entity, ResultKind.NONE, body, null);
        }
        return body(wrapping, entity, Declared.value(body));
    }

    private static Wrapping wrapping(Class<?> type) {
        if (type == Mono.class) {
            return Wrapping.MONO;
        }
        return type == CompletableFuture.class || type == CompletionStage.class
                ? Wrapping.STAGE
                : Wrapping.PLAIN;
    }

    private static boolean isVoid(Class<?> type) {
        return type == void.class || type == Void.class;
    }

    private static boolean isResponseBody(HandlerMethod method) {
        return method.hasMethodAnnotation(ResponseBody.class)
                || AnnotatedElementUtils.hasAnnotation(method.getBeanType(), ResponseBody.class);
    }

    private Result body(Wrapping wrapping, boolean entity, ResolvableType type)
            throws NotCompilable {
        Class<?> raw = type.toClass();
        if (raw == String.class) {
            requireEncoder(type, MediaType.TEXT_PLAIN, CharSequenceEncoder.class);
            requireEncoder(type, MediaType.APPLICATION_JSON, CharSequenceEncoder.class);
            return new Result(wrapping, entity, ResultKind.TEXT, type, null);
        }
        if (raw == byte[].class) {
            requireEncoder(type, MediaType.APPLICATION_OCTET_STREAM, ByteArrayEncoder.class);
            return new Result(wrapping, entity, ResultKind.BYTES, type, null);
        }
        if (raw == Object.class) {
            throw new NotCompilable("returns Object");
        }
        for (Class<?> foreign : FOREIGN) {
            if (foreign.isAssignableFrom(raw)) {
                throw new NotCompilable("returns " + raw.getSimpleName());
            }
        }
        JsonBodies.Writer writer = json.writer(type, codecs);
        if (writer == null) {
            throw new NotCompilable("writes " + raw.getSimpleName() + " with a codec of its own");
        }
        return new Result(wrapping, entity, ResultKind.JSON, type, writer);
    }

    private void requireEncoder(ResolvableType type, MediaType mediaType, Class<?> wanted)
            throws NotCompilable {
        Encoder<?> found = codecs.encoder(type, mediaType);
        if (found == null || found.getClass() != wanted) {
            throw new NotCompilable("a codec of the application's own writes " + mediaType);
        }
    }
}
