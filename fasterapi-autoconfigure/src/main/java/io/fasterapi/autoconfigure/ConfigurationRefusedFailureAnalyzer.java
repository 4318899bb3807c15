package io.fasterapi.autoconfigure;

import io.fasterapi.spring.ConfigurationRefusedException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Says what to change; before Boot's own, which tell of the binding around it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ConfigurationRefusedFailureAnalyzer
        extends AbstractFailureAnalyzer<ConfigurationRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationRefusedException cause) {
        return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
    }
}
