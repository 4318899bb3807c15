package io.fasterapi.spring.aside;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.core.HandlerCores;
import io.fasterapi.spring.server.ServerParts;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;

/** The same, switched off. */
@TestPropertySource(properties = "fasterapi.enabled=false")
class DisabledMockEnvironmentWiringTest extends MockEnvironmentWiringTest {

    @Override
    @Test
    void noLaneServes() {
        assertThat(context().getBeansOfType(ServerParts.class)).isEmpty();
        assertThat(context().getBean(HandlerCores.class).cores()).hasSize(1);
    }
}
