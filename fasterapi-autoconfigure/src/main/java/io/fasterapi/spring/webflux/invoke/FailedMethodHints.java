package io.fasterapi.spring.webflux.invoke;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * What a native image must keep for us: what is looked up by name or invoked by reflection. The
 * controllers' own methods are Spring's to register.
 */
final class FailedMethodHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.reflection().registerMethod(FailedMethod.RAISE, ExecutableMode.INVOKE);
    }
}
