package io.fasterapi.spring.webflux.invoke;

import io.fasterapi.admission.Refusals;
import io.fasterapi.batch.BatchRefusedException;
import io.fasterapi.http.BufferedResponse;
import io.fasterapi.http.Deadline;
import io.fasterapi.http.FastRequest;
import io.fasterapi.netty.AbstractFastRequest;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

/**
 * Answers when a Mono or a CompletionStage has its value. It belongs to one exchange; any thread
 * may signal.
 */
final class AsyncResultSubscriber implements CoreSubscriber<Object> {

    private final CompiledResponseWriter writer;
    private final AnswerFormat format;
    private final FastRequest request;
    private final BufferedResponse response;
    private @Nullable Object value;
    private boolean done;

    AsyncResultSubscriber(
            CompiledResponseWriter writer,
            AnswerFormat format,
            FastRequest request,
            BufferedResponse response) {
        this.writer = writer;
        this.format = format;
        this.request = request;
        this.response = response;
        response.async();
    }

    void await(Mono<?> mono) {
        try {
            mono.subscribe(this);
        } catch (Throwable ex) {
            onError(ex); // an error that Reactor does not signal
        }
    }

    void await(CompletionStage<?> stage) {
        if (stage instanceof CompletableFuture<?> future) {
            response.onCancel(() -> future.cancel(true));
        }
        stage.whenComplete(
                (result, failure) -> {
                    if (failure == null) {
                        write(result, stage);
                    } else {
                        response.fail(writer.endedInFailure(stage, request));
                    }
                });
    }

    private void write(@Nullable Object result, Object returned) {
        try {
            writer.write(result, returned, format, request, response);
        } catch (Throwable ex) {
            response.fail(
                    ex); // mostly a fallback; thrown at the signalling thread, it would be lost
        }
    }

    @Override
    public Context currentContext() {
        Deadline deadline = request.deadline();
        Context context =
                writer.refusals() != null
                        ? Context.of(FastRequest.class, request) // for a BatchItem
                        : Context.empty();
        return deadline == null ? context : deadline.in(context);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        response.onCancel(subscription::cancel);
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Object next) {
        value = next;
    }

    @Override
    public void onError(Throwable failure) {
        if (!done) {
            done = true;
            Refusals refusals = writer.refusals();
            if (refusals != null && failure instanceof BatchRefusedException refused) {
                String uri = ((AbstractFastRequest) request).route().uri();
                refuse(refusals.of(uri, refused.drainNanos()));
            } else {
                response.fail(writer.endedInFailure(Mono.error(failure), request));
            }
        }
    }

    private void refuse(Refusals.Answer answer) {
        response.status(answer.status().code());
        answer.headers().forEach(each -> response.header(each.getKey(), each.getValue()));
        ByteBuf body = answer.body();
        if (body.isReadable()) {
            response.send(body);
        } else {
            response.end();
        }
    }

    @Override
    public void onComplete() {
        if (!done) {
            done = true;
            write(value, Mono.justOrEmpty(value));
        }
    }
}
