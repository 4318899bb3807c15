package io.fasterapi.samples.onemillion.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EventsTest {

    @Test
    void comesToTheFiguresOfTheChallenge() {
        assertThat(Figures.expected(1_000_000))
                .isEqualTo(new Figures(1_000_000, 75_000, 500_000_000.0, 500.0));
        double sum = 0;
        for (int i = 0; i < 76_543; i++) {
            sum += i % 1000 + 0.5;
        }
        assertThat(Figures.expected(76_543))
                .isEqualTo(new Figures(76_543, 75_000, sum, sum / 76_543));
    }

    @Test
    void writesTheEvent() {
        ByteBuf out = Unpooled.buffer();
        Events.write(76_042, out);
        assertThat(out.toString(StandardCharsets.ISO_8859_1))
                .startsWith("POST /event HTTP/1.1\r\n")
                .endsWith("Content-Length: 35\r\n\r\n{\"userId\":\"user_1042\",\"value\":42.5}");
    }

    @Test
    void readsAnswersInPiecesOfAnySize() throws Exception {
        String answers =
                "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n"
                        + "\r\nbusyHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
        for (int size = 1; size <= answers.length(); size++) {
            AnswerReader reader = new AnswerReader();
            StringBuilder read = new StringBuilder();
            for (int from = 0; from < answers.length(); from += size) {
                String piece = answers.substring(from, Math.min(answers.length(), from + size));
                ByteBuf in = Unpooled.copiedBuffer(piece, StandardCharsets.ISO_8859_1);
                while (in.isReadable()) {
                    if (reader.read(in)) {
                        read.append(reader.status()).append(' ');
                        reader.reset();
                    }
                }
            }
            assertThat(read.toString()).as("pieces of " + size).isEqualTo("503 200 ");
        }
    }

    @Test
    void saysWhatIsNoAnswer() {
        ByteBuf in = Unpooled.copiedBuffer("SSH-2.0-OpenSSH\r\n", StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> new AnswerReader().read(in))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no HTTP answer");
    }

    @Test
    void refusesUnknownArguments() {
        assertThat(LoadOptions.parse(new String[] {"--port=1", "--bar=1"}))
                .isEqualTo(new LoadOptions(1, 1_000_000, 1_000, 1, 0, true));
        assertThatThrownBy(() -> LoadOptions.parse(new String[] {"--ports=1"}))
                .hasMessageContaining("--ports=1 (expected: --NAME=NUMBER");
    }
}
