package io.fasterapi.netty;

import io.fasterapi.codec.AnswerSizes;
import io.fasterapi.codec.BodyWriters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpHeaders;

/** What a direct route's response writes to: one exchange. One thread at a time. */
interface Answering {

    /** Sets the status code of the answer. */
    void status(int code);

    /** Returns the headers of the answer. */
    HttpHeaders headers();

    ByteBufAllocator alloc();

    AnswerSizes sizes();

    BodyWriters writers();

    /** Says of the body that is about to come its type, unless one was set, and its length. */
    default void describe(CharSequence type, int length) {
        HttpHeaders headers = headers();
        if (!headers.contains(DirectResponse.CONTENT_TYPE)) {
            headers.set(DirectResponse.CONTENT_TYPE, type);
        }
        headers.setInt(DirectResponse.CONTENT_LENGTH, length);
    }

    /** Takes the complete body. */
    void answer(ByteBuf body);

    /** Takes a file. */
    void answer(FileAnswer file);

    /** Lets the application answer a failure. */
    void fail(Throwable failure);

    /** Does so on a worker, if it can: the handler has failed on one. On the event loop. */
    default void failOnWorker(Throwable failure) {
        fail(failure);
    }
}
