package io.fasterapi.samples.techempower;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

class NoEmbeddedDatabaseWiringTest {

    @Test
    void saysWhyAndWhatToDo() {
        Throwable cause =
                new IllegalStateException(
                        "bean", new NoEmbeddedDatabaseException(new IllegalStateException("why")));

        FailureAnalysis analysis = new NoEmbeddedDatabaseAnalyzer().analyze(cause);

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).contains("did not start on", "why");
        assertThat(analysis.getAction()).contains("--spring.r2dbc.url=");
    }
}
