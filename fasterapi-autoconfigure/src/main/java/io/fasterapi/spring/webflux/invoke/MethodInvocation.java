package io.fasterapi.spring.webflux.invoke;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

/**
 * Calls a method of a singleton bean with a method handle. The bean and the final form of the
 * handle are made at the first call, so a lazy bean stays lazy and the start stays short. All
 * threads share it.
 */
public final class MethodInvocation {

    private static final MethodType TYPE =
            MethodType.methodType(Object.class, Object.class, Object[].class);

    private final Supplier<Object> source;
    private final MethodHandle direct;
    private volatile @Nullable Bound bound;

    /**
     * The method and its bean.
     *
     * @param handle takes the bean and the arguments
     * @param bean the bean
     */
    private record Bound(MethodHandle handle, Object bean) {}

    /**
     * Prepares the call.
     *
     * @param source returns the bean
     * @throws IllegalAccessException if the method is not accessible
     */
    public MethodInvocation(Method method, Supplier<Object> source) throws IllegalAccessException {
        this.source = source;
        ReflectionUtils.makeAccessible(method);
        direct = MethodHandles.lookup().unreflect(method);
    }

    @Nullable Object call(@Nullable Object[] arguments) throws Throwable {
        Bound target = bound;
        if (target == null) {
            target = bind(); // two threads may both do this, either result is right
        }
        return (Object) target.handle().invokeExact(target.bean(), arguments);
    }

    private Bound bind() {
        int count = direct.type().parameterCount() - 1;
        MethodHandle spread = direct.asFixedArity().asSpreader(Object[].class, count).asType(TYPE);
        Bound result = new Bound(spread, source.get());
        bound = result;
        return result;
    }
}
