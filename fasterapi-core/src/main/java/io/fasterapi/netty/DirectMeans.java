package io.fasterapi.netty;

import io.fasterapi.codec.BodyWriters;

/**
 * What all exchanges of direct routes share.
 *
 * @param workers run handlers elsewhere than on the event loop
 * @param writers write bodies
 */
record DirectMeans(Workers workers, BodyWriters writers) {}
