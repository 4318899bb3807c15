package io.fasterapi.spring.webflux.dispatch;

import io.fasterapi.admission.RecentlyUsed;
import io.netty.util.concurrent.FastThreadLocal;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Learns the part before the target of the URI that Spring makes of a request, per host. Each event
 * loop keeps the URIs that it has made last, since most requests repeat one. Thread-safe.
 */
final class RequestUris {

    /** Clients choose the hosts, so the least recently used ones are forgotten. */
    private static final int MOST_HOSTS = 64;

    /** How many URIs a thread keeps: one for each hash, the last. A power of two. */
    private static final int KEPT = 64;

    private static final int LONGEST_KEPT = 128;

    /** A URI that was made. */
    private record Made(String host, String target, URI uri) {

        boolean isOf(String otherHost, String otherTarget) {
            return target.equals(otherTarget) && host.equals(otherHost);
        }
    }

    private final FastThreadLocal<@Nullable Made[]> lastMade =
            new FastThreadLocal<>() {
                @Override
                protected @Nullable Made[] initialValue() {
                    return new Made[KEPT];
                }
            };

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
        @Nullable Made[] kept = lastMade.get();
        int place = target.hashCode() & (KEPT - 1);
        Made last = kept[place];
        if (last != null && last.isOf(host, target)) {
            return last.uri();
        }
        URI made = make(host, target);
        if (made != null && target.length() <= LONGEST_KEPT) {
            kept[place] = new Made(host, target, made);
        }
        return made;
    }

    private @Nullable URI make(String host, String target) {
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
