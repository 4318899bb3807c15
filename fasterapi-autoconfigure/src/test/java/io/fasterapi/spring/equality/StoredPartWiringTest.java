package io.fasterapi.spring.equality;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.webflux.compile.ControllerRoutes;
import io.fasterapi.spring.webflux.route.Lane;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts that Spring writes to files, on the filtered lane in each placement. */
class StoredPartWiringTest {

    @ParameterizedTest
    @ValueSource(strings = {"inline", "core", "virtual"})
    void partsInFilesAreServedUpToTheirLimit(String placement) {
        try (Server server =
                Server.start(
                        List.of(EqualityApplication.class),
                        List.of("fasterapi.placement.default=" + placement))) {
            Response stored = only(server.answers(PartCases.ofFile("to disk", 10_000)));
            assertThat(stored.status()).isEqualTo(200);
            assertThat(stored.body()).isEqualTo("f of 10000 bytes\n");

            Response tooLarge = only(server.answers(PartCases.ofFile("too large", 40_000)));
            assertThat(tooLarge.status()).isEqualTo(413);

            assertThat(server.bean(ControllerRoutes.class).counters().calls(Lane.FILTERED))
                    .isEqualTo(2);
        }
    }

    private static Response only(Recording recording) {
        assertThat(recording.responses()).as("%s", recording).hasSize(1);
        return recording.responses().get(0);
    }
}
