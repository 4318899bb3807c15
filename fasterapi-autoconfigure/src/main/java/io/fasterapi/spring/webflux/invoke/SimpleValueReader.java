package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.http.FastRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.converter.Converter;

/**
 * Stands in for Spring's resolvers of path variables, query parameters and headers where there is
 * one plain value; everything else is theirs. Shared by all threads.
 *
 * @param source where the value is
 * @param name its name
 * @param conversion from a text
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

    /** Where a value is. */
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
        // A text that stands for null, as blanks do for a date or a flag, is missing to Spring.
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
                // Spring also looks for a name with brackets where there is none without.
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
