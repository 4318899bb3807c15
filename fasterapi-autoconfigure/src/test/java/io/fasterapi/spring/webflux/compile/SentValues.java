package io.fasterapi.spring.webflux.compile;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that a random request carries.
 *
 * @param path of two variables
 * @param query null if there is none
 * @param headers in their order
 */
record SentValues(String path, @Nullable String query, List<Map.Entry<String, String>> headers) {}
