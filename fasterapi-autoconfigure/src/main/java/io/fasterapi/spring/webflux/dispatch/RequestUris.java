package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.admission.RecentlyUsed;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Learns the part before the target of the URI that Spring makes of a request, per host.
 * Thread-safe.
 */
final class RequestUris {

    /** Clients choose the hosts, so the least recently used ones are forgotten. */
    private static final int MOST_HOSTS = 64;

    private final RecentlyUsed<String, String> origins = new RecentlyUsed<>(MOST_HOSTS);

    /** Learns from the URI that Spring has made of a request. */
    void learn(@Nullable String host, String target, URI made) {
        if (host != null && target.startsWith("/") && origins.get(host) == null) {
            String text = made.toString();
            if (text.endsWith(target)) {
                origins.put(host, text.substring(0, text.length() - target.length()));
            }
        }
    }

    /** Returns the URI that Spring would make, or null if it is unknown. */
    @Nullable URI of(String host, String target) {
        String origin = target.startsWith("/") ? origins.get(host) : null;
        if (origin == null) {
            return null;
        }
        try {
            return new URI(origin + target);
        } catch (URISyntaxException refused) {
            return null; // Spring refuses it
        }
    }
}
