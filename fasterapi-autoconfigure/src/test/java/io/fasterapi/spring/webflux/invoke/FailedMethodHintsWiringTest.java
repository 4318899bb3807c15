package io.fasterapi.spring.webflux.invoke;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;

/** What a native image is told, found where Spring looks for it. */
class FailedMethodHintsWiringTest {

    @Test
    void whatStandsForAFailedMethodIsKept() {
        RuntimeHints hints = new RuntimeHints();
        List<RuntimeHintsRegistrar> ours =
                AotServices.factories().load(RuntimeHintsRegistrar.class).stream()
                        .filter(FailedMethodHints.class::isInstance)
                        .toList();
        assertThat(ours).hasSize(1);
        ours.get(0).registerHints(hints, null);

        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(FailedMethod.RAISE))
                .accepts(hints);
    }
}
