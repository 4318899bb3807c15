package io.fasterapi.spring.webflux.route;

import io.fasterapi.http.JsonCodec;
import io.fasterapi.http.MalformedBodyException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufOutputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.BeanFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * A codec that uses the application's JSON mapper. The generator writes straight into the pooled
 * buffer. All threads share it; it keeps one writer and one reader per type.
 */
public final class JacksonJsonCodec implements JsonCodec {

    private final JsonMapper mapper;
    private final Map<Class<?>, ObjectWriter> writers = new ConcurrentHashMap<>();
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();

    public JacksonJsonCodec(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /** Returns a codec for the application's mapper, or the other codec if there is no mapper. */
    public static JsonCodec of(BeanFactory beans, JsonCodec otherwise) {
        JsonMapper known = beans.getBeanProvider(JsonMapper.class).getIfAvailable();
        return known == null ? otherwise : new JacksonJsonCodec(known);
    }

    @Override
    public void write(Object value, ByteBuf target) {
        Class<?> type = value.getClass();
        ObjectWriter writer = writers.get(type);
        if (writer == null) {
            writer = mapper.writerFor(type);
            writers.put(type, writer);
        }
        writer.writeValue((OutputStream) new ByteBufOutputStream(target), value);
    }

    @Override
    public <T> T read(byte[] source, Class<T> type) {
        try {
            return readers.computeIfAbsent(type, mapper::readerFor).readValue(source);
        } catch (JacksonException ex) {
            throw new MalformedBodyException("body: not JSON of the type " + type.getName(), ex);
        }
    }
}
