package io.fasterapi.spring.controller;

import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Iterator;
import java.util.stream.BaseStream;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/** Which declared types have one meaning, whatever value turns up. At start-up only. */
final class Declared {

    private Declared() {}

    /**
     * Returns the type of a single value.
     *
     * @throws NotCompilable if it stands for several values, or for none that is known
     */
    static ResolvableType value(ResolvableType type) throws NotCompilable {
        Class<?> raw = type.toClass();
        if (isOpen(type)) {
            throw new NotCompilable("the type of a body is a type variable or not declared");
        }
        if (ReactiveAdapterRegistry.getSharedInstance().getAdapter(raw) != null
                || BaseStream.class.isAssignableFrom(raw)
                || Iterator.class.isAssignableFrom(raw)) {
            throw new NotCompilable("streams " + raw.getSimpleName());
        }
        return type;
    }

    /** Tells whether the value's class decides, not the declaration. */
    static boolean isOpen(ResolvableType type) {
        return type == ResolvableType.NONE
                || type.getType() instanceof TypeVariable
                || type.getType() instanceof WildcardType
                || type.hasUnresolvableGenerics();
    }
}
