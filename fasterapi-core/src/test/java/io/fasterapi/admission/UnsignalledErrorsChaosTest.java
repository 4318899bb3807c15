package io.fasterapi.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fasterapi.test.Faults;
import io.fasterapi.test.HandOver;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reactivestreams.Subscription;

/** Whoever gives a source up is not told of what that throws. */
class UnsignalledErrorsChaosTest {

    static List<Supplier<Throwable>> kinds() {
        return Faults.KINDS;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatACancellationThrowsIsDropped(Supplier<Throwable> kind) {
        Faults faults = new Faults();
        faults.arm(HandOver.STREAM_CANCEL, 0, kind);
        Subscription source =
                new Subscription() {
                    @Override
                    public void request(long n) {}

                    @Override
                    public void cancel() {
                        faults.at(HandOver.STREAM_CANCEL);
                    }
                };

        assertThatCode(() -> UnsignalledErrors.cancel(source)).doesNotThrowAnyException();
        assertThat(faults.fired()).isOne();
    }

    @Test
    void whatHasNoSourceYetIsLeftAlone() {
        assertThatCode(() -> UnsignalledErrors.cancel(null)).doesNotThrowAnyException();
    }
}
