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

    private static void learn(RequestUris uris, String host) {
        uris.learn(host, "/x?y", URI.create("http://" + host + "/x?y"));
    }
}
