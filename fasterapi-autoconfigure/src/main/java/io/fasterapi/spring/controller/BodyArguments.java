package io.fasterapi.spring.controller;

import io.fasterapi.http.FastRequest;
import io.netty.util.AsciiString;
import java.lang.annotation.Annotation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Conventions;
import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.AbstractDataBufferDecoder;
import org.springframework.core.codec.ByteArrayDecoder;
import org.springframework.core.codec.Decoder;
import org.springframework.core.codec.StringDecoder;
import org.springframework.http.MediaType;
import org.springframework.http.codec.AbstractJacksonDecoder;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.ValidationUtils;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.ValidationAnnotationUtils;
import reactor.core.publisher.Mono;

/** Turns parameters that take the request body into readers, or says why not. At start-up only. */
final class BodyArguments {

    private static final AsciiString JSON = AsciiString.cached("application/json");
    private static final AsciiString TEXT = AsciiString.cached("text/plain");
    private static final AsciiString BYTES = AsciiString.cached("application/octet-stream");

    private final MessageCodecs codecs;
    private final JsonBodies json;
    private final @Nullable Validator validator;
    private final int mostBytes;

    /**
     * Creates the compiler.
     *
     * @param validator the application's, or null
     * @param mostBytes the longest body that the direct lane reads, in bytes
     */
    BodyArguments(
            MessageCodecs codecs, JsonBodies json, @Nullable Validator validator, int mostBytes) {
        this.codecs = codecs;
        this.json = json;
        this.validator = validator;
        this.mostBytes = mostBytes;
    }

    /** Turns the bytes of a body into a value. */
    private interface Decoding {

        @Nullable Object decode(byte[] bytes);
    }

    ArgumentReader compile(MethodParameter parameter) throws NotCompilable {
        ResolvableType declared = ResolvableType.forMethodParameter(parameter);
        boolean mono = declared.toClass() == Mono.class;
        Decoding decoding = decoding(Declared.value(mono ? declared.getGeneric() : declared));
        Object[] hints = hints(parameter);
        Validator applied = validator;
        boolean validates = hints != null && applied != null;
        String name = Conventions.getVariableNameForParameter(parameter);
        return request -> {
            Object value = decode(decoding, request);
            if (validates && !isValid(applied, value, name, hints)) {
                throw Unresolved.INSTANCE;
            }
            return mono ? Mono.just(value) : value;
        };
    }

    /** Returns which bodies the method's parameters allow. */
    BodyLimits limits(@Nullable MethodParameter body) throws NotCompilable {
        if (body == null) {
            return BodyLimits.NONE;
        }
        ResolvableType declared = ResolvableType.forMethodParameter(body);
        ResolvableType type = declared.toClass() == Mono.class ? declared.getGeneric() : declared;
        if (type.toClass() == String.class) {
            return new BodyLimits(List.of(TEXT, JSON), limit(type, MediaType.TEXT_PLAIN));
        }
        if (type.toClass() == byte[].class) {
            MediaType octets = MediaType.APPLICATION_OCTET_STREAM;
            return new BodyLimits(List.of(BYTES, JSON), limit(type, octets));
        }
        return new BodyLimits(List.of(JSON), limit(type, MediaType.APPLICATION_JSON));
    }

    private int limit(ResolvableType type, MediaType mediaType) {
        Decoder<?> decoder = codecs.decoder(type, mediaType);
        int limit = -1;
        if (decoder instanceof AbstractDataBufferDecoder<?> plain) {
            limit = plain.getMaxInMemorySize();
        } else if (decoder instanceof AbstractJacksonDecoder<?> jackson) {
            limit = jackson.getMaxInMemorySize();
        }
        return limit < 0 ? mostBytes : Math.min(limit, mostBytes);
    }

    private Decoding decoding(ResolvableType type) throws NotCompilable {
        if (type.toClass() == String.class) {
            requireDecoder(type, MediaType.TEXT_PLAIN, StringDecoder.class);
            requireDecoder(type, MediaType.APPLICATION_JSON, StringDecoder.class);
            return bytes -> new String(bytes, StandardCharsets.UTF_8);
        }
        if (type.toClass() == byte[].class) {
            requireDecoder(type, MediaType.APPLICATION_OCTET_STREAM, ByteArrayDecoder.class);
            requireDecoder(type, MediaType.APPLICATION_JSON, ByteArrayDecoder.class);
            return byte[]::clone;
        }
        JsonBodies.Reader reader = json.reader(type, codecs);
        if (reader == null) {
            throw new NotCompilable("body of type " + type.toClass().getSimpleName());
        }
        return reader::read;
    }

    private void requireDecoder(ResolvableType type, MediaType mediaType, Class<?> wanted)
            throws NotCompilable {
        Decoder<?> found = codecs.decoder(type, mediaType);
        if (found == null || found.getClass() != wanted) {
            throw new NotCompilable("a codec of the application's own reads " + mediaType);
        }
    }

    private static Object @Nullable [] hints(MethodParameter parameter) {
        for (Annotation annotation : parameter.getParameterAnnotations()) {
            Object[] hints = ValidationAnnotationUtils.determineValidationHints(annotation);
            if (hints != null) {
                return hints;
            }
        }
        return null;
    }

    private static Object decode(Decoding decoding, FastRequest request) throws Unresolved {
        byte[] bytes = request.body();
        Object value = null;
        if (bytes.length > 0) {
            try {
                value = decoding.decode(bytes);
            } catch (RuntimeException ex) {
                throw Unresolved.INSTANCE;
            }
        }
        if (value == null) {
            throw Unresolved.INSTANCE;
        }
        return value;
    }

    private static boolean isValid(
            @Nullable Validator validator, Object value, String name, Object @Nullable [] hints) {
        if (validator == null || hints == null) {
            return true;
        }
        if (!validator.supports(value.getClass())) {
            return false;
        }
        BeanPropertyBindingResult errors = new BeanPropertyBindingResult(value, name);
        try {
            ValidationUtils.invokeValidator(validator, value, errors, hints);
        } catch (RuntimeException ex) {
            return false;
        }
        return !errors.hasErrors();
    }
}
