package io.fasterapi.spring.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.testing.RunningApplication;
import io.fasterapi.spring.testing.Upstream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an application relays arrives as with stock. */
class OutgoingConnectionsEqualityTest {

    private static final String[] TARGETS = {
        "/whole/small",
        "/whole/big",
        "/whole/long",
        "/whole/broken",
        "/whole/once",
        "/stream/small",
        "/stream/big",
        "/stream/long",
        "/stream/sse",
        "/stream/broken",
        "/events/sse",
        "/events/broken"
    };

    @ParameterizedTest
    @ValueSource(strings = {"inline", "core", "virtual"})
    void answersEqualStock(String placement) throws IOException {
        try (Upstream upstream = new Upstream();
                RunningApplication stock =
                        RunningApplication.start(
                                RelayingApplication.class,
                                "fasterapi.enabled=false",
                                "upstream=" + upstream.url());
                RunningApplication ours =
                        RunningApplication.start(
                                RelayingApplication.class,
                                "fasterapi.placement.default=" + placement,
                                "upstream=" + upstream.url())) {
            for (String target : TARGETS) {
                assertThat(ours.get(target).comparable())
                        .as(target)
                        .isEqualTo(stock.get(target).comparable());
            }
        }
    }
}
