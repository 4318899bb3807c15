package io.fasterapi.spring.controller;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/** Calls a method of a singleton bean by its method handle. Shared by all threads. */
final class Invocation {

    private static final MethodType TYPE =
            MethodType.methodType(Object.class, Object.class, Object[].class);

    private final Supplier<Object> source;
    private final MethodHandle handle;
    private volatile @Nullable Object bean;

    /**
     * Prepares the call.
     *
     * @param source gives the bean at the first call, so that a lazy bean stays lazy
     */
    Invocation(Method method, Supplier<Object> source) throws NotCompilable {
        this.source = source;
        try {
            ReflectionUtils.makeAccessible(method);
            this.handle =
                    MethodHandles.lookup()
                            .unreflect(method)
                            .asFixedArity()
                            .asSpreader(Object[].class, method.getParameterCount())
                            .asType(TYPE);
        } catch (IllegalAccessException | RuntimeException ex) {
            throw new NotCompilable("cannot be accessed: " + ex.getMessage());
        }
    }

    @Nullable Object call(@Nullable Object[] arguments) throws Throwable {
        Object target = bean;
        if (target == null) {
            target = source.get();
            bean = target;
        }
        return (Object) handle.invokeExact(target, arguments);
    }
}
