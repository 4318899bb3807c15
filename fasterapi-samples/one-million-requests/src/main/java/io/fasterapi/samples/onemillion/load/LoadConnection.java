package io.fasterapi.samples.onemillion.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/**
 * One worker: sends an event, waits for the answer, sends the next. On its connection's event loop.
 */
final class LoadConnection extends ChannelInboundHandlerAdapter {

    private static final int REQUEST_BYTES = 192;

    private final Tally tally;
    private final AnswerReader answer = new AnswerReader();
    private int sent = -1;
    private long sentNanos;
    private boolean over;

    LoadConnection(Tally tally) {
        this.tally = tally;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        sendNext(ctx);
    }

    private void sendNext(ChannelHandlerContext ctx) {
        sent = tally.next();
        if (sent < 0) {
            over = true;
            ctx.close();
            tally.finished();
            return;
        }
        ByteBuf request = ctx.alloc().directBuffer(REQUEST_BYTES);
        Events.write(sent, request);
        sentNanos = System.nanoTime();
        ctx.writeAndFlush(request, ctx.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
        ByteBuf in = (ByteBuf) message;
        try {
            while (in.isReadable() && !over) {
                if (answer.read(in)) {
                    tally.answered(sent, answer.status(), System.nanoTime() - sentNanos);
                    answer.reset();
                    sendNext(ctx);
                }
            }
        } finally {
            in.release();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!over) {
            tally.broken(
                    new IOException("connection closed while event " + sent + " was under way"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        tally.broken(cause);
        ctx.close();
    }
}
