package io.fasterapi.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.webflux.invoke.ReflectiveParts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.aot.AotServices;

/** What a native image is told, found where Spring looks for it. */
class RuntimeHintsTest {

    @Test
    void reflectivePartsAreKept() {
        RuntimeHints hints = new RuntimeHints();
        List<RuntimeHintsRegistrar> ours =
                AotServices.factories().load(RuntimeHintsRegistrar.class).stream()
                        .filter(FasterApiRuntimeHints.class::isInstance)
                        .toList();
        assertThat(ours).hasSize(1);
        ours.get(0).registerHints(hints, null);

        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(ReflectiveParts.raise()))
                .accepts(hints);
    }
}
