package io.fasterapi.spring.webflux.invoke;

import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Hints for native images: the method that is invoked by reflection. Spring registers the methods
 * of controllers.
 */
final class FailedMethodHints implements RuntimeHintsRegistrar {

    @Override
    public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
        hints.reflection().registerMethod(FailedMethod.RAISE, ExecutableMode.INVOKE);
    }
}
