package io.fasterapi.stream;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Keeps what it is told; asks for nothing unless the test does. Signals may come on any thread. */
class Signals<T> extends BaseSubscriber<T> {

    static final String COMPLETE = "complete";

    final List<Object> seen = new CopyOnWriteArrayList<>();

    @Override
    protected void hookOnSubscribe(Subscription subscription) {}

    @Override
    protected void hookOnNext(T element) {
        seen.add(element);
    }

    @Override
    protected void hookOnError(Throwable cause) {
        seen.add(cause);
    }

    @Override
    protected void hookOnComplete() {
        seen.add(COMPLETE);
    }
}
