package io.fasterapi.spring.webflux.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

/** What is learnt of hosts, which clients choose, is bounded, and what is used is kept. */
class RequestUrisTest {

    private static final int CAPACITY = 64;
    private static final int MANY = 10_000;

    @Test
    void aFloodIsForgottenAndTheUsualIsNot() {
        RequestUris uris = new RequestUris();
        learn(uris, "usual");
        for (int i = 0; i < MANY; i++) {
            learn(uris, "flood-" + i);
            if (i % (CAPACITY / 4) == 0) {
                assertThat(uris.of("usual", "/a")).isEqualTo(URI.create("http://usual/a"));
            }
        }
        int kept = 0;
        for (int i = 0; i < MANY - CAPACITY; i++) {
            kept += uris.of("flood-" + i, "/a") == null ? 0 : 1;
        }
        assertThat(kept).isZero();
        assertThat(uris.of("flood-" + (MANY - 1), "/a")).isNotNull();
    }

    /** Most requests repeat a URI: it is made once, for its host and its target. */
    @Test
    void theLastUrisAreKept() {
        RequestUris uris = new RequestUris();
        learn(uris, "one");
        learn(uris, "two");
        URI made = uris.of("one", "/a?b=c");
        assertThat(made).isEqualTo(URI.create("http://one/a?b=c"));
        assertThat(uris.of("one", "/a?b=c")).isSameAs(made);
        assertThat(uris.of("two", "/a?b=c")).isEqualTo(URI.create("http://two/a?b=c"));
        assertThat(uris.of("one", "/a?b=c")).isEqualTo(made).isNotSameAs(made);
        assertThat(uris.of("none", "/a?b=c")).isNull();

        String longest = "/" + "x".repeat(127);
        assertThat(uris.of("one", longest)).isSameAs(uris.of("one", longest));
        assertThat(uris.of("one", longest + "x")).isNotSameAs(uris.of("one", longest + "x"));
    }

    /** "Aa" and "BB" have one hash. */
    @Test
    void targetsOfOneHashAreNotConfused() {
        RequestUris uris = new RequestUris();
        learn(uris, "one");
        for (int i = 0; i < 3; i++) {
            assertThat(uris.of("one", "/Aa")).isEqualTo(URI.create("http://one/Aa"));
            assertThat(uris.of("one", "/BB")).isEqualTo(URI.create("http://one/BB"));
        }
    }

    private static void learn(RequestUris uris, String host) {
        uris.learn(host, "/x?y", URI.create("http://" + host + "/x?y"));
    }
}
