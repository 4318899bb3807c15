package io.fasterapi.autoconfigure;

import io.fasterapi.spring.webflux.invoke.ReflectiveParts;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What a native image must keep for us: what is looked up by name or invoked by reflection. The
 * controllers' own methods are Spring's to register.
 */
final class FasterApiRuntimeHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.reflection().registerMethod(ReflectiveParts.raise(), ExecutableMode.INVOKE);
    }
}
