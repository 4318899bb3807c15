package io.fasterapi.write;

import io.fasterapi.http.ConstantBody;
import io.fasterapi.http.JsonCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.file.Path;
import java.util.List;

/**
 * The writers of an application, of which each class of values has one. Immutable but for what it
 * has looked up, shared by all threads.
 */
public final class BodyWriters {

    private final List<BodyWriter<?>> writers;
    private final JsonBodyWriter json;
    private final FileTypes files;
    private final ClassValue<BodyWriter<Object>> byClass =
            new ClassValue<>() {
                @Override
                protected BodyWriter<Object> computeValue(Class<?> type) {
                    return find(type);
                }
            };
    private final BodyWriter<Object> text;
    private final BodyWriter<Object> bytes;

    /**
     * Creates the set.
     *
     * @param writers asked in this order for a class that is seen for the first time; the first
     *     that supports it writes its values from then on
     * @param json what writes values that are to become JSON, whatever their class
     * @param files names the content types of files
     * @throws IllegalArgumentException if there is no writer for text or for byte arrays
     */
    public BodyWriters(
            List<? extends BodyWriter<?>> writers, JsonBodyWriter json, FileTypes files) {
        this.writers = List.copyOf(writers);
        this.json = json;
        this.files = files;
        this.text = find(String.class);
        this.bytes = find(byte[].class);
    }

    /** Returns our own writers: text, bytes, and JSON for everything else. */
    public static BodyWriters of(JsonCodec codec) {
        JsonBodyWriter json = new JsonBodyWriter(codec);
        return new BodyWriters(
                List.of(new TextBodyWriter(), new BytesBodyWriter(), json),
                json,
                FileTypes.unknown());
    }

    /**
     * Returns the writer for values of a class.
     *
     * @throws IllegalArgumentException if no writer supports the class
     */
    public BodyWriter<Object> writerOf(Class<?> type) {
        return byClass.get(type);
    }

    @SuppressWarnings("unchecked")
    private BodyWriter<Object> find(Class<?> type) {
        for (BodyWriter<?> writer : writers) {
            if (writer.supports(type)) {
                return (BodyWriter<Object>) writer;
            }
        }
        throw new IllegalArgumentException(
                "value: " + type.getName() + " (expected: a class that a BodyWriter supports)");
    }

    /** Returns the writer of strings. */
    public BodyWriter<Object> text() {
        return text;
    }

    /** Returns the writer of byte arrays. */
    public BodyWriter<Object> bytes() {
        return bytes;
    }

    /** Returns the writer of values that are to become JSON. */
    public BodyWriter<Object> json() {
        return json;
    }

    /** Returns the content type of a file. */
    public CharSequence fileType(Path file) {
        return files.contentType(file);
    }

    /**
     * Encodes a value once and for all, by the writer of its class.
     *
     * @throws IllegalArgumentException if no writer supports the class
     * @throws RuntimeException if the value cannot be written
     */
    public ConstantBody constant(Object value) {
        BodyWriter<Object> writer = writerOf(value.getClass());
        ByteBuf buffer = encode(writer, value, UnpooledByteBufAllocator.DEFAULT, new AnswerSizes());
        try {
            return ConstantBody.of(writer.contentType(), buffer);
        } finally {
            buffer.release();
        }
    }

    /**
     * Encodes a value for one answer.
     *
     * @param allocator gives the buffer, which is direct
     * @param sizes how large the last answers of unknown size were; learns from this one
     * @return a buffer that the caller owns
     * @throws RuntimeException if the value cannot be written
     */
    public static ByteBuf encode(
            BodyWriter<Object> writer,
            Object value,
            ByteBufAllocator allocator,
            AnswerSizes sizes) {
        int size = writer.sizeOf(value);
        ByteBuf buffer = allocator.directBuffer(size < 0 ? sizes.expected() : size);
        try {
            writer.write(value, buffer);
        } catch (RuntimeException | Error ex) {
            buffer.release();
            throw ex;
        }
        if (size < 0) {
            sizes.answered(buffer.readableBytes());
        }
        return buffer;
    }
}
