package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.autoconfigure.FasterApiProperties;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.ActiveProfiles;

/** The limits that the documentation shows are bound, and serve. */
@ActiveProfiles("guarded")
class GuardedProfileTest extends OnRealPort {

    @Autowired private FasterApiProperties properties;

    @Test
    void theLimitsOfTheProfileAreThere() {
        assertThat(properties.requestTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(properties.deadlineHeader()).isEqualTo("X-Request-Budget");
        assertThat(properties.admission().patience()).isEqualTo(Duration.ofMillis(500));
        assertThat(properties.admission().maxInFlightPerRoute()).isEqualTo(500);
        assertThat(properties.admission().essential()).containsExactly("/payments/**");
    }
}
