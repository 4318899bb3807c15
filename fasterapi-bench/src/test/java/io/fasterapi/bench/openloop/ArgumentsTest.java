package io.fasterapi.bench.openloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentsTest {

    @Test
    void readsStreamsBodiesAndLimits(@TempDir Path directory) throws Exception {
        Path body = Files.writeString(directory.resolve("body.json"), "{}");

        Arguments arguments =
                Arguments.parse(
                        "--port",
                        "9000",
                        "--stream",
                        "sleep=0.5/s:/slow/sleep?ms=20",
                        "--stream",
                        "echo=100/s:/echo",
                        "--body",
                        "echo=" + body,
                        "--timeout",
                        "500ms",
                        "--connections",
                        "7");

        Plan plan = arguments.plan();
        assertThat(plan.port()).isEqualTo(9000);
        assertThat(plan.limits())
                .isEqualTo(new Limits(7, 100_000, TimeUnit.MILLISECONDS.toNanos(500)));
        assertThat(plan.streams().get(0))
                .isEqualTo(new RequestStream("sleep", 0.5, "/slow/sleep?ms=20", null));
        assertThat(plan.streams().get(1).body()).isEqualTo(new byte[] {'{', '}'});
        assertThat(arguments.json()).isNull();
    }

    @Test
    void saysWhatWasExpected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.parse("--stream", "json=fast:/json"))
                .withMessage("--stream: json=fast:/json (expected: NAME=RATE/s:PATH)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.parse("--stream", "a=0/s:/"))
                .withMessage("rate of a: 0.0 (expected: above 0, to 1000000)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.parse("--port", "80"))
                .withMessage("threads, streams: 1, 0 (expected: at least 1 each)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.parse("--host", "example.org"))
                .withMessage("--host (expected: an option)");
    }
}
