package io.fasterapi.core;

/** What {@link BatchClock} writes for each item. The padding of both classes surrounds it. */
abstract class BatchClockFields extends Padding {

    volatile long beganNanos = WaitingSlots.IDLE;
    long batchNanos;
    long waitNanos;
    long waitMaxNanos;
    int batchItems;
    int groupItems;
    int groupSize = 1;
    Object route = "";
}
