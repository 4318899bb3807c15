package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.exchange.RecentlyUsed;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the target in the URI that Spring makes of a request, learnt for each host
 * that clients name. Thread-safe.
 */
final class RequestUris {

    /** Clients choose the hosts: those that have not been used for long are forgotten. */
    private static final int MOST_HOSTS = 64;

    private final RecentlyUsed<String, String> origins = new RecentlyUsed<>(MOST_HOSTS);

    /** Learns from a request of which Spring has made that URI. */
    void learn(@Nullable String host, String target, URI made) {
        if (host != null && target.startsWith("/") && origins.get(host) == null) {
            String text = made.toString();
            if (text.endsWith(target)) {
                origins.put(host, text.substring(0, text.length() - target.length()));
            }
        }
    }

    /** Returns the URI that Spring would make, or null if that is not known. */
    @Nullable URI of(String host, String target) {
        String origin = target.startsWith("/") ? origins.get(host) : null;
        if (origin == null) {
            return null;
        }
        try {
            return new URI(origin + target);
        } catch (URISyntaxException refused) {
            return null; // by Spring
        }
    }
}
