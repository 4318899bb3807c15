package io.fasterapi.autoconfigure;

import io.fasterapi.spring.webflux.compile.ShardByRefusedException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a {@code @ShardBy} that cannot be honoured. */
class ShardByRefusedFailureAnalyzer extends AbstractFailureAnalyzer<ShardByRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ShardByRefusedException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Correct the annotation as the message says, or remove it: the method's requests"
                        + " then run on any core.",
                cause);
    }
}
