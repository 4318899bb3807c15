package io.fasterapi.spring.webflux.batch;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import org.jspecify.annotations.Nullable;

/** Writes generic types as class files do. At start-up only. */
final class TypeSignatures {

    private TypeSignatures() {}

    /** Returns the signature of a type, or null if it contains a type variable. */
    static @Nullable String of(Type type) {
        StringBuilder signature = new StringBuilder();
        return write(type, signature) ? signature.toString() : null;
    }

    private static boolean write(Type type, StringBuilder to) {
        if (type instanceof Class<?> plain) {
            to.append(plain.descriptorString());
            return true;
        }
        if (type instanceof GenericArrayType array) {
            return write(array.getGenericComponentType(), to.append('['));
        }
        if (type instanceof ParameterizedType generic) {
            return write(generic, to);
        }
        return type instanceof WildcardType wildcard && write(wildcard, to);
    }

    private static boolean write(ParameterizedType type, StringBuilder to) {
        String raw = ((Class<?>) type.getRawType()).descriptorString();
        to.append(raw, 0, raw.length() - 1).append('<');
        for (Type argument : type.getActualTypeArguments()) {
            if (!write(argument, to)) {
                return false;
            }
        }
        to.append(">;");
        return true;
    }

    private static boolean write(WildcardType type, StringBuilder to) {
        if (type.getLowerBounds().length > 0) {
            return write(type.getLowerBounds()[0], to.append('-'));
        }
        return write(type.getUpperBounds()[0], to.append('+'));
    }
}
