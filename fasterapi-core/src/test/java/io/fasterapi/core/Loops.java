package io.fasterapi.core;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Real event loops as the producers of a test. Owned by the test's thread. */
final class Loops implements AutoCloseable {

    private final EventLoopGroup group;
    private final List<EventLoop> all = new ArrayList<>();

    Loops(int count) {
        group = new MultiThreadIoEventLoopGroup(count, NioIoHandler.newFactory());
        for (int i = 0; i < count; i++) {
            all.add(group.next());
        }
    }

    List<EventLoop> all() {
        return all;
    }

    EventLoop get(int index) {
        return all.get(index);
    }

    /** Calls on the loop and waits for the result. */
    <T> T call(int index, Callable<T> call) throws Exception {
        return get(index).submit(call).get(30, TimeUnit.SECONDS);
    }

    /** Dispatches on the first loop. */
    boolean dispatch(HandlerCores cores, CoreTask task) throws Exception {
        return call(0, () -> cores.dispatch(task, get(0)));
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
