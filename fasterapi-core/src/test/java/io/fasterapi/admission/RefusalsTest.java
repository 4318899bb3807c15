package io.fasterapi.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.placement.ConcurrencyLimit;
import io.fasterapi.placement.LoadLimits;
import io.fasterapi.placement.Placement;
import io.fasterapi.placement.Placements;
import io.fasterapi.placement.Refused;
import io.fasterapi.placement.RouteLoad;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalsTest {

    private static final long SECOND = 1_000_000_000;

    private final Placements placements =
            new Placements(
                    Placement.INLINE,
                    template -> null,
                    new LoadLimits(
                            () -> ConcurrencyLimit.fixed(1), path -> false, "/many"::equals));
    private final RouteLoad load = placements.of("GET", "/one", null).load();
    private final RouteLoad many = placements.of("GET", "/many", null).load();

    /** Returns every number of seconds that comes up. */
    private static Set<Integer> seconds(Supplier<Refusals.Answer> refusal) {
        Set<Integer> seen = new TreeSet<>();
        for (int i = 0; i < 5_000; i++) {
            seen.add(refusal.get().headers().getInt(HttpHeaderNames.RETRY_AFTER));
        }
        return seen;
    }

    private static Set<Integer> range(int least, int most) {
        return IntStream.rangeClosed(least, most).boxed().collect(Collectors.toSet());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 2",
        "1, 1, 2",
        "1000000000, 1, 2",
        "1000000001, 2, 3",
        "4000000000, 4, 6",
        "10000000000, 10, 15",
        "50000000000, 50, 60",
        "9223372036854775807, 60, 60"
    })
    void whenToComeBackIsSpread(long nanos, int least, int most) {
        assertThat(seconds(() -> Refusals.plain().of("/one", nanos))).isEqualTo(range(least, most));
    }

    @Test
    void itIsTheTimeOfTheQueueThatRefuses() {
        Refusals refusals =
                Refusals.plain()
                        .with(
                                Map.of(
                                        Refused.RING_FULL,
                                        () -> 20 * SECOND,
                                        Refused.LIMIT,
                                        () -> 5 * SECOND));
        assertThat(seconds(() -> refusals.of(load))).isEqualTo(range(1, 2));
        load.refuse(Refused.RING_FULL);
        assertThat(seconds(() -> refusals.of(load))).isEqualTo(range(20, 30));
        load.refuse(Refused.LIMIT);
        assertThat(seconds(() -> refusals.of(load))).isEqualTo(range(5, 7));
        load.refuse(Refused.NO_THREAD);
        assertThat(seconds(() -> refusals.of(load))).isEqualTo(range(1, 2));
        load.refuse(Refused.ROUTE_LIMIT);
        assertThat(seconds(() -> refusals.of(load))).isEqualTo(range(1, 2));
        assertThat(seconds(() -> refusals.of(many))).isEqualTo(range(1, 2));
    }

    @Test
    void theStatusIsTheRoutesChoice() {
        Refusals refusals = new Refusals("/many"::equals, status -> new byte[0]);
        assertThat(refusals.of(load).status().code()).isEqualTo(503);
        assertThat(refusals.of(many).status().code()).isEqualTo(429);
        assertThat(refusals.of("/one", 0).status().code()).isEqualTo(503);
        assertThat(refusals.of("/many", 0).status().code()).isEqualTo(429);
    }

    @Test
    void withoutABodyThereIsOneResponseForAll() {
        Set<FullHttpResponse> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            seen.add(Refusals.plain().of("/one", 0).whole());
        }
        assertThat(seen)
                .hasSize(2)
                .allSatisfy(
                        response -> {
                            assertThat(response.headers().names())
                                    .containsExactly("retry-after", "content-length");
                            assertThat(response.headers().get("content-length")).isEqualTo("0");
                            assertThat(response.content().isReadable()).isFalse();
                        });
    }

    @Test
    void theBodyIsMadeOnceAndReadByEachForHimself() {
        AtomicInteger made = new AtomicInteger();
        Refusals refusals =
                new Refusals(
                        "/many"::equals,
                        status -> {
                            made.incrementAndGet();
                            return ("problem " + status).getBytes(UTF_8);
                        });
        assertThat(made).hasValue(0);
        for (int i = 0; i < 100; i++) {
            FullHttpResponse whole = refusals.of("/many", 0).whole();
            assertThat(whole.headers().get("content-type")).isEqualTo("application/problem+json");
            assertThat(whole.headers().getInt("content-length")).isEqualTo(11);
            assertThat(read(whole.content())).isEqualTo("problem 429");
            whole.release();
            assertThat(read(refusals.of("/one", 0).body())).isEqualTo("problem 503");
        }
        assertThat(made).hasValue(2);
    }

    private static String read(ByteBuf body) {
        return body.readCharSequence(body.readableBytes(), UTF_8).toString();
    }

    @Test
    void aBodyThatCannotBeMadeIsLeftOut() {
        AtomicInteger tried = new AtomicInteger();
        Refusals refusals =
                new Refusals(
                        path -> false,
                        status -> {
                            tried.incrementAndGet();
                            throw new StackOverflowError("in a test");
                        });
        for (int i = 0; i < 10; i++) {
            Refusals.Answer answer = refusals.of("/one", 0);
            assertThat(answer.status().code()).isEqualTo(503);
            assertThat(answer.body().isReadable()).isFalse();
            assertThat(answer.headers().contains("content-type")).isFalse();
        }
        assertThat(tried).hasValue(1);
    }
}
