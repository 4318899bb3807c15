package io.fasterapi.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a URI's query, parsed at the first use. It belongs to the exchange; any thread
 * may read it.
 */
public final class QueryString {

    /*
     * A query is parsed as in WebFlux, whose pattern is ([^&=]+)(=?)([^&]+)?. A name is a run
     * without '&' and '=', so "=b" is the name "b". A value runs to the next '&' and may contain
     * '='. "a=" has the value "" and "a" has none, which is null. Names and values are decoded as
     * in a form: UTF-8, and a plus sign is a space.
     *
     * WebFlux answers a malformed escape with 400. Callers that want the same use isLegal() first.
     * Here the text is left as it was sent.
     *
     * If two threads ask first at the same time, both parse, and either result is right. It is
     * published through the final field of its unmodifiable view.
     */
    private final String raw;
    private @Nullable Map<String, List<@Nullable String>> parameters;

    /**
     * Creates the parameters of a query.
     *
     * @param raw the text after the question mark, as sent; null or empty if there is none
     */
    public QueryString(@Nullable String raw) {
        this.raw = raw == null ? "" : raw;
    }

    /** Returns whether {@code java.net.URI} accepts the query. */
    public boolean isLegal() {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%' ? UriChars.escape(raw, i) < 0 : !UriChars.isQuery(c)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns all values in order, null for each one without an equals sign. The list is empty if
     * the parameter is absent.
     */
    public List<@Nullable String> all(String name) {
        List<@Nullable String> values = parameters().get(name);
        return values == null ? List.<@Nullable String>of() : values;
    }

    /** Returns all values in order, an empty text for each one without an equals sign. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (String value : all(name)) {
            texts.add(value == null ? "" : value);
        }
        return texts;
    }

    /**
     * Returns all parameters in the order of their appearance. The map and its lists are
     * unmodifiable.
     */
    public Map<String, List<@Nullable String>> parameters() {
        Map<String, List<@Nullable String>> known = parameters;
        if (known == null) {
            known = parse();
            parameters = known;
        }
        return known;
    }

    private Map<String, List<@Nullable String>> parse() {
        if (raw.isEmpty()) {
            return Map.of();
        }
        Map<String, List<@Nullable String>> parsed = new LinkedHashMap<>();
        int start = 0;
        while (start < raw.length()) {
            char c = raw.charAt(start);
            start = c == '&' || c == '=' ? start + 1 : add(parsed, start);
        }
        parsed.replaceAll((name, values) -> Collections.unmodifiableList(values));
        return Collections.unmodifiableMap(parsed);
    }

    /** Adds the parameter that begins at the index. Returns the index behind it. */
    private int add(Map<String, List<@Nullable String>> parsed, int start) {
        int ampersand = raw.indexOf('&', start);
        int end = ampersand < 0 ? raw.length() : ampersand;
        String parameter = raw.substring(start, end);
        int equals = parameter.indexOf('=');
        String name = decode(equals < 0 ? parameter : parameter.substring(0, equals));
        String value = equals < 0 ? null : decode(parameter.substring(equals + 1));
        parsed.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
        return end;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    @Override
    public String toString() {
        return raw;
    }
}
