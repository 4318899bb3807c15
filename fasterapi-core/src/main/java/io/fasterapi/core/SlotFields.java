package io.fasterapi.core;

import org.jspecify.annotations.Nullable;

/** What a slot holds. It comes first in a slot; the padding of {@link Slot} follows. */
abstract class SlotFields {

    volatile @Nullable CoreTask task;
    long publishedAtNanos;
    long lostBeforeNanos;
}
