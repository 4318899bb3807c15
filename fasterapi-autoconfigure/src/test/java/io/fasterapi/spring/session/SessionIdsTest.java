package io.fasterapi.spring.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SessionIdsTest {

    private final SessionIds ids = new SessionIds();

    @Test
    void randomUuidsFromBothSources() {
        assertRandomUuids();
        ids.open();
        ids.seed();
        assertRandomUuids();
    }

    /** Over many ids, each bit that is free is set in about half of them. */
    private void assertRandomUuids() {
        int drawn = 20_000;
        Set<UUID> all = new HashSet<>();
        int[] set = new int[128];
        for (int i = 0; i < drawn; i++) {
            UUID id = UUID.fromString(ids.next());
            assertThat(id.version()).isEqualTo(4);
            assertThat(id.variant()).isEqualTo(2);
            assertThat(all.add(id)).isTrue();
            for (int bit = 0; bit < 64; bit++) {
                set[bit] += (int) (id.getMostSignificantBits() >>> bit & 1);
                set[64 + bit] += (int) (id.getLeastSignificantBits() >>> bit & 1);
            }
        }
        for (int bit = 0; bit < 128; bit++) {
            boolean fixed = bit >= 12 && bit < 16 || bit >= 126;
            if (!fixed) {
                assertThat(set[bit]).as("bit " + bit).isBetween(9_000, 11_000); // 14 deviations
            }
        }
    }

    @Test
    void noSeedOutlivesTheServer() {
        ids.seed();
        assertThat(ids.isSeeded()).isFalse();
        ids.open();
        ids.seed();
        assertThat(ids.isSeeded()).isTrue();
        ids.close();
        assertThat(ids.isSeeded()).isFalse();
        ids.seed(); // had begun before the server stopped
        assertThat(ids.isSeeded()).isFalse();
        ids.open();
        ids.seed();
        assertThat(ids.isSeeded()).isTrue();
    }
}
