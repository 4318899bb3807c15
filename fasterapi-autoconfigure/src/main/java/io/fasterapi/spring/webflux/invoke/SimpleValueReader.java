package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.http.FastRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;

/**
 * Replaces Spring's resolvers of path variables, query parameters and headers if there is one plain
 * value. All else is left to them. All threads share it.
 *
 * @param source where the value is
 * @param name its name
 * @param conversion converts its text
 * @param required whether there must be a value
 * @param fallback the default value, or null
 * @param primitive whether the argument cannot be null
 */
public record SimpleValueReader(
        Source source,
        String name,
        Converter<String, @Nullable Object> conversion,
        boolean required,
        @Nullable String fallback,
        boolean primitive)
        implements ArgumentReader {

    /** Where the value is. */
    public enum Source {
        PATH,
        QUERY,
        HEADER
    }

    @Override
    public @Nullable Object read(FastRequest request) throws UnresolvedException {
        String sent = text(request);
        String text = sent == null ? fallback : sent;
        if (text == null) {
            if (required || primitive) {
                throw UnresolvedException.INSTANCE;
            }
            return null;
        }
        Object value;
        try {
            value = conversion.convert(text);
        } catch (RuntimeException ex) {
            throw UnresolvedException.INSTANCE;
        }
        // Spring treats a text that converts to null, for example a blank for a date, as missing.
        if (value == null && (sent != null || primitive)) {
            throw UnresolvedException.INSTANCE;
        }
        return value;
    }

    private @Nullable String text(FastRequest request) throws UnresolvedException {
        return switch (source) {
            case PATH -> request.pathVariable(name);
            case QUERY -> {
                List<String> values = request.queryParameters(name);
                // Spring also looks for the name with brackets if there is none without.
                yield values.isEmpty() && !request.queryParameters(name + "[]").isEmpty()
                        ? unresolved()
                        : single(values);
            }
            case HEADER -> single(request.headers(name));
        };
    }

    private static String unresolved() throws UnresolvedException {
        throw UnresolvedException.INSTANCE;
    }

    private static @Nullable String single(List<String> values) throws UnresolvedException {
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1 || values.get(0).isEmpty()) {
            throw UnresolvedException.INSTANCE;
        }
        return values.get(0);
    }
}
