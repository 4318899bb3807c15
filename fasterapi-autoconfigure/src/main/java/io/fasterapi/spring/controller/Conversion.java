package io.fasterapi.spring.controller;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;
import org.springframework.core.MethodParameter;
import org.springframework.core.convert.ConversionService;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.support.GenericConversionService;

/** Texts into arguments, by the application's conversion service. Shared by all threads. */
final class Conversion {

    private static final TypeDescriptor TEXT = TypeDescriptor.valueOf(String.class);

    private final ConversionService service;

    Conversion(ConversionService service) {
        this.service = service;
    }

    /** Turns a text into an argument. */
    interface FromText {

        /**
         * Converts.
         *
         * @throws Unresolved if the text is no such value
         */
        @Nullable Object convert(String text) throws Unresolved;
    }

    /** Returns the type of a parameter that a single text can become. */
    TypeDescriptor target(MethodParameter parameter) throws NotCompilable {
        Class<?> type = parameter.getParameterType();
        if (!BeanUtils.isSimpleValueType(type)) {
            throw new NotCompilable("converts a text to " + type.getSimpleName());
        }
        return new TypeDescriptor(parameter);
    }

    /** Returns the conversion to a type. */
    FromText of(TypeDescriptor target) throws NotCompilable {
        if (target.getType() == String.class
                && service instanceof GenericConversionService generic
                && generic.canBypassConvert(TEXT, target)) {
            return text -> text;
        }
        if (!service.canConvert(TEXT, target)) {
            throw new NotCompilable("no converter to " + target.getType().getSimpleName());
        }
        boolean primitive = target.isPrimitive();
        return text -> {
            Object value;
            try {
                value = service.convert(text, TEXT, target);
            } catch (RuntimeException ex) {
                throw Unresolved.INSTANCE;
            }
            if (value == null && primitive) {
                throw Unresolved.INSTANCE;
            }
            return value;
        };
    }
}
