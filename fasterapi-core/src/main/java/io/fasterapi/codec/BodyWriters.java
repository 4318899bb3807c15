package io.fasterapi.codec;

import io.fasterapi.http.ConstantBody;
import io.fasterapi.http.JsonCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.file.Path;
import java.util.List;

/**
 * The body writers of an application: picks one for each class of values. All threads share it. It
 * is immutable except for a cache of the writers it has picked.
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
     * @param writers asked in this order when a class is seen for the first time; the first that
     *     supports the class writes its values from then on
     * @param json writes values that must become JSON, whatever their class
     * @param files finds the content types of files
     * @throws IllegalArgumentException if no writer supports text or byte arrays
     */
    public BodyWriters(
            List<? extends BodyWriter<?>> writers, JsonBodyWriter json, FileTypes files) {
        this.writers = List.copyOf(writers);
        this.json = json;
        this.files = files;
        this.text = find(String.class);
        this.bytes = find(byte[].class);
    }

    /** Returns the built-in writers: text, bytes, and JSON for everything else. */
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

    /** Returns the writer of values that must become JSON. */
    public BodyWriter<Object> json() {
        return json;
    }

    /** Returns the content type of a file. */
    public CharSequence fileType(Path file) {
        return files.contentType(file);
    }

    /**
     * Encodes a value once with the writer of its class, to be sent many times.
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
     * @param allocator allocates the direct buffer
     * @param sizes the sizes of recent answers of unknown size; learns the size of this one
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
