package io.fasterapi.autoconfigure;

import io.fasterapi.spring.controller.ReflectiveParts;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.aot.hint.TypeReference;

/**
 * What a native image must keep for us: what is looked up by name or invoked by reflection. The
 * controllers' own methods are Spring's to register.
 */
final class FasterApiRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        for (String type : ReflectiveParts.types()) {
            hints.reflection().registerType(TypeReference.of(type));
        }
        hints.reflection().registerMethod(ReflectiveParts.raise(), ExecutableMode.INVOKE);
    }
}
