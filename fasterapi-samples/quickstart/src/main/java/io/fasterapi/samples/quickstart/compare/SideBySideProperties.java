package io.fasterapi.samples.quickstart.compare;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a comparison may take.
 *
 * @param warmUp how long both applications are warmed up
 * @param measuring the most that the measuring takes after that
 * @param idle how long the stock application stays up without a comparison
 */
@ConfigurationProperties("quickstart.side-by-side")
record SideBySideProperties(
        @DefaultValue("3s") Duration warmUp,
        @DefaultValue("7s") Duration measuring,
        @DefaultValue("1m") Duration idle) {}
