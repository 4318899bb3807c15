package io.fasterapi.spring.controller;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.Decoder;
import org.springframework.core.codec.Encoder;
import org.springframework.http.MediaType;
import org.springframework.http.codec.DecoderHttpMessageReader;
import org.springframework.http.codec.EncoderHttpMessageWriter;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.http.codec.HttpMessageWriter;

/**
 * The readers and writers of WebFlux in their order: which of them a body gets.
 *
 * @param readers for request bodies
 * @param writers for response bodies
 */
record MessageCodecs(List<HttpMessageReader<?>> readers, List<HttpMessageWriter<?>> writers) {

    /** Returns the encoder that writes a type, or null if something else does, or nothing. */
    @Nullable Encoder<?> encoder(ResolvableType type, MediaType mediaType) {
        EncoderHttpMessageWriter<?> writer = writer(type, mediaType);
        return writer == null ? null : writer.getEncoder();
    }

    /** Returns the writer of a type, or null if it is not the plain one around an encoder. */
    @Nullable EncoderHttpMessageWriter<?> writer(ResolvableType type, MediaType mediaType) {
        for (HttpMessageWriter<?> writer : writers) {
            if (writer.canWrite(type, mediaType)) {
                return writer.getClass() == EncoderHttpMessageWriter.class
                        ? (EncoderHttpMessageWriter<?>) writer
                        : null;
            }
        }
        return null;
    }

    /** Returns the decoder that reads a type, or null if something else does, or nothing. */
    @Nullable Decoder<?> decoder(ResolvableType type, MediaType mediaType) {
        for (HttpMessageReader<?> reader : readers) {
            if (reader.canRead(type, mediaType)) {
                return reader.getClass() == DecoderHttpMessageReader.class
                        ? ((DecoderHttpMessageReader<?>) reader).getDecoder()
                        : null;
            }
        }
        return null;
    }

    /** Returns the media types that can be written, in the order in which WebFlux offers them. */
    List<MediaType> writable(ResolvableType type) {
        List<MediaType> types = new ArrayList<>();
        for (HttpMessageWriter<?> writer : writers) {
            if (writer.canWrite(type, null)) {
                types.addAll(writer.getWritableMediaTypes(type));
            }
        }
        return types;
    }
}
