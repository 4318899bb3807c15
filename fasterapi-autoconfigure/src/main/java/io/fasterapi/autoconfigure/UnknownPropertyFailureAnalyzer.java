package io.fasterapi.autoconfigure;

import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Names each unknown property of FasterAPI and the known one that is nearest to it. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class UnknownPropertyFailureAnalyzer
        extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    private static final ConfigurationPropertyName PREFIX =
            ConfigurationPropertyName.of(PropertyNames.PREFIX);

    @Override
    protected @Nullable FailureAnalysis analyze(
            Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        Set<ConfigurationProperty> unknown = new TreeSet<>(cause.getUnboundProperties());
        if (!unknown.stream().allMatch(each -> PREFIX.isAncestorOf(each.getName()))) {
            return null; // of somebody else
        }
        StringBuilder description = new StringBuilder();
        StringBuilder action = new StringBuilder();
        for (ConfigurationProperty each : unknown) {
            String name = each.getName().toString();
            description.append("The property '%s' is unknown.".formatted(name));
            if (each.getOrigin() != null) {
                description.append(" It is set by %s.".formatted(each.getOrigin()));
            }
            description.append('\n');
            action.append(
                    "Rename '%s' to '%s', which is the nearest known property, or remove it.%n"
                            .formatted(name, nearest(name)));
        }
        action.append("docs/configuration.md lists all properties.");
        return new FailureAnalysis(
                description.toString().stripTrailing(), action.toString(), cause);
    }

    private static String nearest(String name) {
        return PropertyNames.likelyFor(name).stream()
                .min(
                        Comparator.comparing((String each) -> !each.startsWith(name))
                                .thenComparingInt(each -> distance(name, each)))
                .orElse(PropertyNames.PREFIX + ".enabled");
    }

    /** Returns how many letters have to be changed, added or taken away (Levenshtein). */
    static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            before[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[other.length() + 1];
            now[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
                now[j] = Math.min(before[j - 1] + change, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[other.length()];
    }
}
