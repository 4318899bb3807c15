package io.fasterapi.spring.controller;

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

/** JSON by Jackson, if WebFlux would use Jackson with the same mapper and nothing added. */
public final class JacksonBodies implements JsonBodies {

    @Override
    public @Nullable Writer writer(ResolvableType type, MessageCodecs codecs) {
        if (!(codecs.encoder(type, MediaType.APPLICATION_JSON) instanceof JacksonJsonEncoder found)
                || found.getClass() != JacksonJsonEncoder.class
                || !CollectionUtils.isEmpty(found.getMappersForType(type.toClass()))) {
            return null;
        }
        JsonMapper mapper = found.getMapper();
        JavaType javaType = mapper.constructType(type.getType());
        boolean exact =
                javaType.isContainerType() || Modifier.isFinal(type.toClass().getModifiers());
        ObjectWriter writer = exact ? mapper.writerFor(javaType) : mapper.writer();
        return (value, target) ->
                writer.writeValue((OutputStream) new ByteBufOutputStream(target), value);
    }

    @Override
    public @Nullable Reader reader(ResolvableType type, MessageCodecs codecs) {
        if (!(codecs.decoder(type, MediaType.APPLICATION_JSON) instanceof JacksonJsonDecoder found)
                || found.getClass() != JacksonJsonDecoder.class
                || !CollectionUtils.isEmpty(found.getMappersForType(type.toClass()))) {
            return null;
        }
        JsonMapper mapper = found.getMapper();
        ObjectReader reader = mapper.readerFor(mapper.constructType(type.getType()));
        return reader::readValue;
    }
}
