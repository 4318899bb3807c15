package io.fasterapi.autoconfigure;

import io.fasterapi.spring.ConfigurationRefusedException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Shows the message and the action of a refused configuration. It comes before Boot's own
 * analyzers, which would describe the binding around it.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConfigurationRefusedFailureAnalyzer
        extends AbstractFailureAnalyzer<ConfigurationRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationRefusedException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
