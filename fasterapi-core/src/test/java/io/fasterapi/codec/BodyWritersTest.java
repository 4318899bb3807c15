package io.fasterapi.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fasterapi.http.ConstantBody;
import io.fasterapi.http.JsonCodec;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyWritersTest {

    /** Writes any value as its text in brackets. */
    static final class Brackets implements JsonCodec {

        @Override
        public void write(Object value, ByteBuf target) {
            target.writeCharSequence("[" + value, StandardCharsets.UTF_8);
            if (value.equals("bad")) {
                throw new IllegalStateException("bad");
            }
            target.writeByte(']');
        }

        @Override
        public <T> T read(byte[] source, Class<T> type) {
            throw new UnsupportedOperationException();
        }
    }

    /** Numbers as hexadecimal text; remembers what it was asked. */
    private static final class Hex implements BodyWriter<Number> {

        private final List<Class<?>> asked = new ArrayList<>();

        @Override
        public boolean supports(Class<?> type) {
            asked.add(type);
            return Number.class.isAssignableFrom(type);
        }

        @Override
        public CharSequence contentType() {
            return "text/x-hex";
        }

        @Override
        public void write(Number value, ByteBuf target) {
            target.writeCharSequence(Long.toHexString(value.longValue()), StandardCharsets.UTF_8);
        }
    }

    private final BodyWriters ours = BodyWriters.of(new Brackets());

    static String written(BodyWriters writers, Object value) {
        return text(writers.writerOf(value.getClass()), value, new AnswerSizes());
    }

    private static String text(BodyWriter<Object> writer, Object value, AnswerSizes sizes) {
        ByteBuf buffer = BodyWriters.encode(writer, value, ByteBufAllocator.DEFAULT, sizes);
        try {
            assertThat(buffer.isDirect()).isTrue();
            return buffer.toString(StandardCharsets.UTF_8);
        } finally {
            buffer.release();
        }
    }

    @Test
    void oursAreTextBytesAndJson() {
        assertThat(written(ours, "Grüße €")).isEqualTo("Grüße €");
        assertThat(written(ours, new StringBuilder("built"))).isEqualTo("built");
        assertThat(written(ours, new byte[] {'a', 'b'})).isEqualTo("ab");
        assertThat(written(ours, 12)).isEqualTo("[12]");
        assertThat(ours.writerOf(String.class)).isSameAs(ours.text());
        assertThat(ours.writerOf(byte[].class)).isSameAs(ours.bytes());
        assertThat(ours.writerOf(List.class)).isSameAs(ours.json());
        assertThat(ours.text().contentType()).hasToString("text/plain;charset=UTF-8");
        assertThat(ours.bytes().contentType()).hasToString("application/octet-stream");
        assertThat(ours.json().contentType()).hasToString("application/json");
        assertThat(ours.fileType(Path.of("a.html"))).hasToString("application/octet-stream");
    }

    @Test
    void theFirstThatSupportsAClassIsAskedOnce() {
        Hex hex = new Hex();
        JsonBodyWriter json = new JsonBodyWriter(new Brackets());
        BodyWriters writers =
                new BodyWriters(
                        List.of(hex, new TextBodyWriter(), new BytesBodyWriter(), json),
                        json,
                        FileTypes.unknown());
        hex.asked.clear();
        for (int i = 0; i < 3; i++) {
            assertThat(written(writers, 255L)).isEqualTo("ff");
            assertThat(written(writers, 16)).isEqualTo("10");
        }
        assertThat(hex.asked).containsExactly(Long.class, Integer.class);
        assertThat(text(writers.json(), 255L, new AnswerSizes())).isEqualTo("[255]");
    }

    @Test
    void aClassWithoutAWriterIsNamed() {
        JsonBodyWriter json = new JsonBodyWriter(new Brackets());
        BodyWriters writers =
                new BodyWriters(
                        List.of(new TextBodyWriter(), new BytesBodyWriter()),
                        json,
                        FileTypes.unknown());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> writers.writerOf(Thread.class))
                .withMessage(
                        "value: java.lang.Thread (expected: a class that a BodyWriter"
                                + " supports)");
    }

    /** A buffer of a failed writer is released: the leak detector looks. */
    @Test
    void aFailingWriterFailsTheCaller() {
        assertThatIllegalStateException()
                .isThrownBy(() -> text(ours.json(), "bad", new AnswerSizes()))
                .withMessage("bad");
    }

    @Test
    void onlyAnswersOfUnknownSizeAreLearntFrom() {
        AnswerSizes sizes = new AnswerSizes();
        int first = sizes.expected();
        text(ours.text(), "x".repeat(10_000), sizes);
        assertThat(sizes.expected()).isEqualTo(first);
        text(ours.json(), "x".repeat(10_000), sizes);
        assertThat(sizes.expected()).isGreaterThanOrEqualTo(10_002);
    }

    @Test
    void aConstantIsEncodedOnceAndSharedReadOnly() {
        ConstantBody constant = ours.constant("Grüße");
        assertThat(constant.length()).isEqualTo(7);
        assertThat(constant.contentType().toString()).isEqualTo("text/plain;charset=UTF-8");
        ByteBuf one = constant.buffer();
        ByteBuf other = constant.buffer();
        assertThat(one.isDirect()).isTrue();
        one.skipBytes(7);
        one.release();
        one.release();
        assertThat(other.toString(StandardCharsets.UTF_8)).isEqualTo("Grüße");
        assertThat(other.isReadOnly()).isTrue();
        assertThatExceptionOfType(ReadOnlyBufferException.class)
                .isThrownBy(() -> other.setByte(0, 1));
        assertThat(constant.buffer().readableBytes()).isEqualTo(7);
    }

    @Test
    void aConstantKeepsNothingOfItsSource() {
        byte[] source = {1, 2, 3};
        ConstantBody constant = ConstantBody.of("image/x-own", source);
        source[0] = 9;
        assertThat(constant.buffer().getByte(0)).isEqualTo((byte) 1);
        assertThat(constant.contentType().toString()).isEqualTo("image/x-own");
        assertThat(ours.constant(List.of(1)).buffer().toString(StandardCharsets.UTF_8))
                .isEqualTo("[[1]]");
    }
}
