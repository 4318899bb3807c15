package io.fasterapi.spring.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A response as it came off the wire.
 *
 * @param status the status code
 * @param headers values by name, in lower case
 * @param body the body without its framing
 */
public record Answer(int status, Map<String, List<String>> headers, byte[] body) {

    /** Returns the first value of a header, or an empty string. */
    public String header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of("")).get(0);
    }

    /** Returns the body as text. */
    public String text() {
        return new String(body, UTF_8);
    }

    /** Returns all that two servers must agree on: without what differs from call to call. */
    public String comparable() {
        Map<String, List<String>> kept = new TreeMap<>(headers);
        kept.remove("date");
        String stable =
                text().replaceAll("\"timestamp\":\"[^\"]*\"", "\"timestamp\":\"T\"")
                        .replaceAll("\"requestId\":\"[^\"]*\"", "\"requestId\":\"R\"");
        if (!stable.equals(text())) {
            kept.remove("content-length");
        }
        return status + " " + kept + " " + stable;
    }
}
