package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.ConfigurationRefusedException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.io.support.SpringFactoriesLoader;

/** One analyzer explains all that stops a start-up of ours. */
class ConfigurationRefusedWiringTest {

    private static final String OWN = "io.fasterapi.";

    @Test
    void oneAnalyzerSaysWhatIsWrongAndWhatToDo() {
        List<FailureAnalyzer> own =
                SpringFactoriesLoader.forDefaultResourceLocation()
                        .load(
                                FailureAnalyzer.class,
                                SpringFactoriesLoader.FailureHandler.logging(
                                        org.apache.commons.logging.LogFactory.getLog(getClass())))
                        .stream()
                        .filter(each -> each.getClass().getName().startsWith(OWN))
                        .toList();
        assertThat(own).hasSize(1);

        ConfigurationRefusedException refused =
                new ConfigurationRefusedException("This is wrong.", "Do that.");
        FailureAnalysis analysis = own.get(0).analyze(new IllegalStateException("x", refused));
        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).isEqualTo("This is wrong.");
        assertThat(analysis.getAction()).isEqualTo("Do that.");
        assertThat(analysis.getCause()).isSameAs(refused);
    }
}
