package io.fasterapi.samples.quickstart.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

class StockContextTest {

    private final AtomicInteger starts = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);

    @AfterEach
    void end() {
        timer.shutdownNow();
    }

    @Test
    void startsOnceAndStaysWhileItIsUsed() {
        timer.setRemoveOnCancelPolicy(true);
        StockContext stock = new StockContext(this::start, timer, Duration.ofHours(1));
        assertThat(stock.acquire()).isEqualTo(1234);
        stock.release();
        assertThat(timer.getQueue()).hasSize(1);

        assertThat(stock.acquire()).isEqualTo(1234);

        assertThat(timer.getQueue()).isEmpty();
        assertThat(starts).hasValue(1);
        stock.close();
        assertThat(closed.getCount()).isZero();
    }

    @Test
    void closesUnusedAndStartsAnew() throws Exception {
        StockContext stock = new StockContext(this::start, timer, Duration.ZERO);
        stock.acquire();
        assertThat(closed.getCount()).isOne();

        stock.release();

        assertThat(closed.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(stock.acquire()).isEqualTo(1234);
        assertThat(starts).hasValue(2);
        stock.close();
    }

    @Test
    void oneComparisonAtATime() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(1);
        StockContext stock =
                new StockContext(
                        () -> {
                            entered.countDown();
                            await(second);
                            throw new IllegalStateException("does not start");
                        },
                        timer,
                        Duration.ZERO);
        SideBySide sideBySide =
                new SideBySide(
                        new SideBySideProperties(Duration.ZERO, Duration.ZERO, Duration.ZERO),
                        stock);
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> run(sideBySide));
        await(entered);

        assertThatThrownBy(() -> run(sideBySide))
                .isInstanceOfSatisfying(
                        ResponseStatusException.class,
                        ex -> {
                            assertThat(ex.getStatusCode()).isEqualTo(HttpStatus.CONFLICT);
                            assertThat(ex.getReason()).startsWith("A comparison is under way.");
                        });

        second.countDown();
        assertThatThrownBy(first::get).hasRootCauseMessage("does not start");
        // The failed one does not keep others out.
        assertThatThrownBy(() -> run(sideBySide)).hasMessage("does not start");
    }

    private static void run(SideBySide sideBySide) {
        try {
            sideBySide.run(InetSocketAddress.createUnresolved("unused", 1), "/", 1);
        } catch (IOException | InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private ConfigurableApplicationContext start() {
        starts.incrementAndGet();
        GenericApplicationContext context = new GenericApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("port", Map.of("local.server.port", 1234)));
        context.addApplicationListener(
                (ApplicationListener<ContextClosedEvent>) event -> closed.countDown());
        context.refresh();
        return context;
    }
}
