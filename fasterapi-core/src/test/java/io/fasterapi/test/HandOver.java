package io.fasterapi.test;

/** Where code that may throw anything is called while something is on its way. */
public enum HandOver {
    /** An event loop is given a task, and has not taken it. */
    LOOP,
    /** An event loop has taken a task, and fails. */
    LOOP_TAKEN,
    /** An executor is given an exchange's first task or its continuations. */
    EXECUTOR,
    EXECUTOR_TAKEN,
    TASK_ROUTE,
    TASK_RUN,
    TASK_GIVE_UP,
    TASK_ORDERED,
    TASK_PLACEMENT,
    TASK_ESSENTIAL,
    TASK_ABORT,
    CONTINUATION,
    ON_LOOP,
    QUESTION,
    BATCH_GROUP,
    BATCH_WORKER,
    BATCH_WORKER_TAKEN,
    BATCH_FUNCTION,
    BATCH_RESULT,
    BATCH_CANCEL,
    CALLER_SUBSCRIBED,
    CALLER_NEXT,
    CALLER_ERROR,
    CALLER_COMPLETE,
    BATCH_REFUSAL,
    HANDLER,
    SHARD_KEY,
    CANCEL_ACTION,
    RECORD,
    ACTIVE,
    ACTIVE_END,
    FAILURE_ANSWER,
    FAILURE_RECORDS,
    LIMIT,
    LIMIT_ENDED,
    FIRST_REFUSAL,
    EARLY_JUDGE,
    EARLY_OPEN,
    EARLY_BEGIN,
    EARLY_ANSWERED,
    EARLY_END,
    EARLY_ABANDON,
    /** A stream goes to another thread. */
    STREAM_HOP,
    /** The source of a stream is subscribed to, asked or cancelled. */
    STREAM_SOURCE,
    STREAM_REQUEST,
    STREAM_CANCEL,
    /** The subscriber of a stream is told something. */
    STREAM_SUBSCRIBED,
    STREAM_NEXT,
    STREAM_ERROR,
    STREAM_COMPLETE,
    /** An element of a stream is given back that nobody receives, or that somebody has seen. */
    STREAM_RELEASE,
    STREAM_SEEN
}
