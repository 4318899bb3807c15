package io.fasterapi.autoconfigure;

import io.fasterapi.spring.webflux.batch.BatchHandlerRefusedException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do about a {@code @BatchHandler} that cannot be one. */
class BatchHandlerRefusedFailureAnalyzer
        extends AbstractFailureAnalyzer<BatchHandlerRefusedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BatchHandlerRefusedException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Change the method as the message says, or remove the annotation: it is then called"
                        + " once for each request.",
                cause);
    }
}
