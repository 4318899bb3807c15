package io.fasterapi.autoconfigure;

import io.fasterapi.spring.webflux.compile.FastPathRefusedException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a {@code @FastPath} that cannot be honoured. */
class FastPathRefusedFailureAnalyzer extends AbstractFailureAnalyzer<FastPathRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, FastPathRefusedException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Remove the annotation: the method is then served through WebFlux. Or remove what"
                        + " the message names.",
                cause);
    }
}
