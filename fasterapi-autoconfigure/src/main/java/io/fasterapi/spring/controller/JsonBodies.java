package io.fasterapi.spring.controller;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * JSON as the application's codecs write and read it, looked up once per route. Null wherever those
 * are not known to be equal to a direct use of its mapper.
 */
public interface JsonBodies {

    /** Writes values of one type. Shared by all threads. */
    interface Writer {

        /**
         * Appends a value.
         *
         * @throws RuntimeException if it cannot be written; the buffer's content is then undefined
         */
        void write(Object value, ByteBuf target);
    }

    /** Reads values of one type. Shared by all threads. */
    interface Reader {

        /**
         * Reads a value.
         *
         * @throws RuntimeException if the bytes are none
         */
        @Nullable Object read(byte[] source);
    }

    /** Returns the writer of a type, or null. */
    @Nullable Writer writer(ResolvableType type, MessageCodecs codecs);

    /** Returns the reader of a type, or null. */
    @Nullable Reader reader(ResolvableType type, MessageCodecs codecs);

    /** Returns bodies that know no JSON. */
    static JsonBodies none() {
        return new JsonBodies() {
            @Override
            public @Nullable Writer writer(ResolvableType type, MessageCodecs codecs) {
                return null;
            }

            @Override
            public @Nullable Reader reader(ResolvableType type, MessageCodecs codecs) {
                return null;
            }
        };
    }
}
