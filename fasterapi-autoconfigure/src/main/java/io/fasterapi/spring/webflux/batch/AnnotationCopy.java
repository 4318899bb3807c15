package io.fasterapi.spring.webflux.batch;

import java.lang.annotation.Annotation;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.AnnotationVisitor;
import org.springframework.asm.Type;
import org.springframework.util.ReflectionUtils;

/** Writes annotations into a class, with the values of existing ones. At start-up only. */
final class AnnotationCopy {

    /** The target of an annotation: a class, a method or a parameter. */
    @FunctionalInterface
    interface Place {

        /** Begins an annotation with run-time visibility. */
        AnnotationVisitor visit(String descriptor);
    }

    private AnnotationCopy() {}

    static void copy(Annotation annotation, Place place) {
        values(annotation, place.visit(descriptor(annotation)));
    }

    private static String descriptor(Annotation annotation) {
        return annotation.annotationType().descriptorString();
    }

    private static void values(Annotation annotation, AnnotationVisitor to) {
        for (Method attribute : annotation.annotationType().getDeclaredMethods()) {
            if (attribute.getParameterCount() == 0) {
                ReflectionUtils.makeAccessible(attribute);
                Object found = ReflectionUtils.invokeMethod(attribute, annotation);
                value(attribute.getName(), Objects.requireNonNull(found), to);
            }
        }
        to.visitEnd();
    }

    private static void value(@Nullable String name, Object value, AnnotationVisitor to) {
        if (value instanceof Class<?> type) {
            to.visit(name, Type.getType(type));
        } else if (value instanceof Enum<?> constant) {
            to.visitEnum(name, constant.getDeclaringClass().descriptorString(), constant.name());
        } else if (value instanceof Annotation nested) {
            values(nested, to.visitAnnotation(name, descriptor(nested)));
        } else if (value.getClass().isArray()) {
            AnnotationVisitor elements = to.visitArray(name);
            for (int i = 0; i < Array.getLength(value); i++) {
                value(null, Array.get(value, i), elements);
            }
            elements.visitEnd();
        } else {
            to.visit(name, value);
        }
    }
}
