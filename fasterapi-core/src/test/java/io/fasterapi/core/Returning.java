package io.fasterapi.core;

import io.netty.channel.EventLoop;

/** Does something on its loop. */
final class Returning extends LoopReturn {

    private final Runnable action;

    Returning(EventLoop loop, Runnable action) {
        super(loop);
        this.action = action;
    }

    @Override
    protected void onLoop() {
        action.run();
    }
}
