package io.fasterapi.samples.techempower;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do where the embedded PostgreSQL does not start. At start-up only. */
class NoEmbeddedDatabaseAnalyzer extends AbstractFailureAnalyzer<NoEmbeddedDatabaseException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, NoEmbeddedDatabaseException cause) {
        return new FailureAnalysis(
                "The embedded PostgreSQL did not start on "
                        + System.getProperty("os.name")
                        + ", "
                        + System.getProperty("os.arch")
                        + " (its binaries here are for Linux on amd64): "
                        + reason(cause),
                "Name a database: --spring.r2dbc.url=r2dbc:postgresql://host:5432/name"
                        + " --spring.r2dbc.username=... --spring.r2dbc.password=...",
                cause);
    }

    private static String reason(NoEmbeddedDatabaseException cause) {
        Throwable reason = cause.getCause();
        return reason == null ? "no reason given" : String.valueOf(reason.getMessage());
    }
}
