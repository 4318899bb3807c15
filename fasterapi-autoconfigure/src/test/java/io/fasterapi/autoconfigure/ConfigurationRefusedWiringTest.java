package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.ConfigurationRefusedException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** Two analyzers explain all that stops a start-up of ours. */
class ConfigurationRefusedWiringTest {

    private static final String OWN = "io.fasterapi.";

    @Test
    void saysWhatIsWrongAndWhatToDo() {
        List<FailureAnalyzer> own =
                SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(
                                FailureAnalyzer.class,
                                SpringFactoriesLoader.FailureHandler.logging(
                                        org.apache.commons.logging.LogFactory.getLog(getClass())))
                        .stream()
                        .filter(each -> each.getClass().getName().startsWith(OWN))
                        .toList();
        assertThat(own)
                .extracting(each -> each.getClass().getSimpleName())
                .containsExactlyInAnyOrder(
                        "ConfigurationRefusedFailureAnalyzer", "UnknownPropertyFailureAnalyzer");

        ConfigurationRefusedException refused =
                new ConfigurationRefusedException("This is wrong.", "Do that.");
        FailureAnalysis analysis =
                own.stream()
                        .map(each -> each.analyze(new IllegalStateException("x", refused)))
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElseThrow();
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).isEqualTo("This is wrong.");
        assertThat(analysis.getAction()).isEqualTo("Do that.");
        assertThat(analysis.getCause()).isSameAs(refused);
    }
}
