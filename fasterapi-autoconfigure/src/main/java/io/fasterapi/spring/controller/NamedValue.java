package io.fasterapi.spring.controller;

import io.fasterapi.http.FastRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An argument that is a text of the request, converted: a path variable, query parameter, header or
 * cookie. Shared by all threads.
 *
 * @param source gives the text
 * @param conversion turns it into the parameter's type
 * @param required whether it must be there
 * @param fallback the text instead of a missing one
 * @param primitive whether the parameter cannot be null
 */
record NamedValue(
        Source source,
        Conversion.FromText conversion,
        boolean required,
        @Nullable String fallback,
        boolean primitive)
        implements ArgumentReader {

    /** Gives the text of a value. */
    interface Source {

        /**
         * Returns the text, null if it is absent.
         *
         * @throws Unresolved if it is there in a form that WebFlux has to judge
         */
        @Nullable String text(FastRequest request) throws Unresolved;
    }

    /** Returns the only value, null if there is none; several, or an empty one, are WebFlux's. */
    static @Nullable String single(List<String> values) throws Unresolved {
        if (values.isEmpty()) {
            return null;
        }
        if (values.size() > 1 || values.get(0).isEmpty()) {
            throw Unresolved.INSTANCE;
        }
        return values.get(0);
    }

    /** Returns the only value of a cookie. */
    static @Nullable String cookie(FastRequest request, String name) throws Unresolved {
        List<String> headers = request.headers(HttpHeaderNames.COOKIE);
        if (headers.isEmpty()) {
            return null;
        }
        if (headers.size() > 1) {
            throw Unresolved.INSTANCE;
        }
        String found = null;
        for (Cookie cookie : ServerCookieDecoder.STRICT.decodeAll(headers.get(0))) {
            if (cookie.name().equals(name)) {
                if (found != null || cookie.value().isEmpty()) {
                    throw Unresolved.INSTANCE;
                }
                found = cookie.value();
            }
        }
        return found;
    }

    @Override
    public @Nullable Object read(FastRequest request) throws Unresolved {
        String text = source.text(request);
        if (text == null) {
            text = fallback;
        }
        if (text != null) {
            return conversion.convert(text);
        }
        if (required || primitive) {
            throw Unresolved.INSTANCE;
        }
        return null;
    }
}
