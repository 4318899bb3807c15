package io.fasterapi.autoconfigure;

import java.util.Map;
import java.util.Set;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Keeps the health {@code fasterapi} where FasterAPI does nothing but a health group names it. Boot
 * refuses to start with a group that names an unknown health, so FasterAPI could not be switched
 * off without a second change.
 */
@AutoConfiguration(after = FasterApiAutoConfiguration.class)
@ConditionalOnClass(HealthIndicator.class)
@Conditional(HealthNameAutoConfiguration.NamedInAGroup.class)
public final class HealthNameAutoConfiguration {

    private static final String NAME = "fasterapi";

    /** Unknown: a group takes its status from its other members. */
    @Bean
    @ConditionalOnMissingBean(name = "fasterapiHealthIndicator")
    HealthIndicator fasterapiHealthIndicator() {
        return () ->
                Health.unknown()
                        .withDetail("reason", "FasterAPI is off, or its health is disabled")
                        .build();
    }

    static final class NamedInAGroup extends SpringBootCondition {

        private static final String GROUPS = "management.endpoint.health.group";

        @Override
        public ConditionOutcome getMatchOutcome(
                ConditionContext context, AnnotatedTypeMetadata metadata) {
            Map<String, String> groups =
                    Binder.get(context.getEnvironment())
                            .bind(GROUPS, Bindable.mapOf(String.class, String.class))
                            .orElse(Map.of());
            for (String names : groups.values()) { // of include, exclude, or one of their elements
                Set<String> all = StringUtils.commaDelimitedListToSet(names);
                if (all.stream().map(String::trim).anyMatch(NAME::equals)) {
                    return ConditionOutcome.match("a health group names " + NAME);
                }
            }
            return ConditionOutcome.noMatch("no health group names " + NAME);
        }
    }
}
