package io.fasterapi.spring.webflux.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.admission.UnsignalledErrors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/** What the reader of a body throws ends its exchange, and reaches nobody else. */
class GuardedBodyChaosTest {

    private final List<Throwable> failed = new ArrayList<>();
    private final List<String> seen = new ArrayList<>();
    private final DataBuffer buffer = new DefaultDataBufferFactory().wrap(new byte[] {1});

    @Test
    void whatItThrowsAtABuffer() {
        new GuardedBody(Flux.just(buffer)).subscribe(new Reader("next"));
        assertFailed();
        assertThat(seen).containsExactly("next", "complete");
    }

    @Test
    void whatItThrowsAtTheEnd() {
        new GuardedBody(Flux.just(buffer)).subscribe(new Reader("complete"));
        assertFailed();
        assertThat(seen).containsExactly("next", "complete");
    }

    @Test
    void whatItThrowsAtAFailure() {
        new GuardedBody(Flux.error(new IllegalStateException("cut")))
                .subscribe(new Reader("error"));
        assertFailed();
        assertThat(seen).containsExactly("error");
    }

    @Test
    void elseNothingFails() {
        new GuardedBody(Flux.just(buffer)).subscribe(new Reader("nothing"));
        assertThat(failed).isEmpty();
        assertThat(seen).containsExactly("next", "complete");
    }

    private void assertFailed() {
        assertThat(failed).hasSize(1);
        assertThat(failed.get(0)).isInstanceOf(StackOverflowError.class).hasMessage("meant");
    }

    /** Throws at one kind of signal. */
    private final class Reader implements CoreSubscriber<DataBuffer> {

        private final String throwsAt;

        Reader(String throwsAt) {
            this.throwsAt = throwsAt;
        }

        private void signal(String kind) {
            seen.add(kind);
            if (kind.equals(throwsAt)) {
                throw new StackOverflowError("meant");
            }
        }

        @Override
        public Context currentContext() {
            UnsignalledErrors exchange = failed::add;
            return exchange.in(Context.empty());
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(DataBuffer next) {
            signal("next");
        }

        @Override
        public void onError(Throwable cause) {
            signal("error");
        }

        @Override
        public void onComplete() {
            signal("complete");
        }
    }
}
