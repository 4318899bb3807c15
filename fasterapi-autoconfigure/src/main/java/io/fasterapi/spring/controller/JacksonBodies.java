package io.fasterapi.spring.controller;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import java.io.OutputStream;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.http.MediaType;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.http.codec.json.JacksonJsonEncoder;
import org.springframework.util.CollectionUtils;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON by Jackson, if WebFlux would use Jackson with the same mapper and nothing added. What
 * Jackson knows of a type is looked up at its first use, as by WebFlux: it would make the start-up
 * long.
 */
public final class JacksonBodies implements JsonBodies {

    @Override
    public @Nullable Writer writer(ResolvableType type, MessageCodecs codecs) {
        if (!(codecs.encoder(type, MediaType.APPLICATION_JSON) instanceof JacksonJsonEncoder found)
                || found.getClass() != JacksonJsonEncoder.class
                || !CollectionUtils.isEmpty(found.getMappersForType(type.toClass()))) {
            return null;
        }
        return new TypedWriter(found.getMapper(), type);
    }

    @Override
    public @Nullable Reader reader(ResolvableType type, MessageCodecs codecs) {
        if (!(codecs.decoder(type, MediaType.APPLICATION_JSON) instanceof JacksonJsonDecoder found)
                || found.getClass() != JacksonJsonDecoder.class
                || !CollectionUtils.isEmpty(found.getMappersForType(type.toClass()))) {
            return null;
        }
        return new TypedReader(found.getMapper(), type);
    }

    /** Finds its serializer at the first value. */
    private static final class TypedWriter implements Writer {

        private final JsonMapper mapper;
        private final ResolvableType type;
        private volatile @Nullable ObjectWriter writer;

        TypedWriter(JsonMapper mapper, ResolvableType type) {
            this.mapper = mapper;
            this.type = type;
        }

        @Override
        public void write(Object value, ByteBuf target) {
            ObjectWriter known = writer;
            if (known == null) {
                known = find(); // two threads may both do this; either result will do
                writer = known;
            }
            known.writeValue((OutputStream) new ByteBufOutputStream(target), value);
        }

        private ObjectWriter find() {
            JavaType javaType = mapper.constructType(type.getType());
            boolean exact =
                    javaType.isContainerType() || Modifier.isFinal(type.toClass().getModifiers());
            return exact ? mapper.writerFor(javaType) : mapper.writer();
        }
    }

    /** Finds its deserializer at the first body. */
    private static final class TypedReader implements Reader {

        private final JsonMapper mapper;
        private final ResolvableType type;
        private volatile @Nullable ObjectReader reader;

        TypedReader(JsonMapper mapper, ResolvableType type) {
            this.mapper = mapper;
            this.type = type;
        }

        @Override
        public @Nullable Object read(byte[] source) {
            ObjectReader known = reader;
            if (known == null) {
                known = mapper.readerFor(mapper.constructType(type.getType()));
                reader = known;
            }
            return known.readValue(source);
        }
    }
}
