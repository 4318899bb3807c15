package io.fasterapi.fuzz;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The first handler of each connection: gives the server a client's bytes in the reads that the
 * client has chosen. Owned by the connection's event loop.
 */
final class Cutter extends ChannelDuplexHandler {

    /*
     * The kernel joins and splits what a client writes as it likes. So a client sends the cuts
     * before the bytes: their number, the places, the number of bytes. This waits for all of them
     * and then stands for the transport: each segment is one read, and comes only when the server
     * has asked for it, as a task of its own. A server that forgets to ask is never given the rest.
     * A cut may also be one within a read: then the next segment follows without being asked for.
     *
     * The first byte of a connection chooses: with RAW its reads are the kernel's.
     */
    static final byte SCRIPTED = 'S';
    static final byte RAW = 'R';

    /** Added to a place after which the read is not over. */
    static final int GOES_ON = 1 << 30;

    private record Segment(ByteBuf bytes, boolean readOver) {}

    private final Queue<Segment> segments = new ArrayDeque<>();
    private ByteBuf received;
    private byte mode;
    private boolean wanted = true; // the first one: no handler asks for it
    private boolean wantedByAutoRead;
    private boolean due;
    private boolean delivering;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf bytes = (ByteBuf) msg;
        if (mode == 0) {
            mode = bytes.readByte();
        }
        if (mode == RAW) {
            if (bytes.isReadable()) {
                ctx.fireChannelRead(bytes);
            } else {
                bytes.release();
                ctx.read(); // the server does not know of this one
            }
            return;
        }
        if (received == null) {
            received = ctx.alloc().buffer();
        }
        received.writeBytes(bytes);
        bytes.release();
        while (cut()) {
            received.discardReadBytes();
        }
    }

    /** Takes one frame from what was received, if it is complete. */
    private boolean cut() {
        int start = received.readerIndex();
        if (received.readableBytes() < 8) {
            return false;
        }
        int cuts = received.getInt(start);
        int length = received.getInt(start + 4);
        if (received.readableBytes() < 8 + 4 * cuts + length) {
            return false;
        }
        int from = 0;
        int bytes = start + 8 + 4 * cuts;
        for (int i = 0; i <= cuts; i++) {
            int cut = i < cuts ? received.getInt(start + 8 + 4 * i) : length;
            int to = cut & ~GOES_ON;
            segments.add(new Segment(received.copy(bytes + from, to - from), (cut & GOES_ON) == 0));
            from = to;
        }
        received.skipBytes(8 + 4 * cuts + length);
        return true;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (mode == RAW) {
            ctx.fireChannelReadComplete();
        } else if (segments.isEmpty()) {
            ctx.read();
        } else {
            schedule(ctx);
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        if (mode == RAW) {
            ctx.read();
            return;
        }
        wanted = true;
        wantedByAutoRead = false;
        if (segments.isEmpty()) {
            ctx.read();
        } else if (!delivering) {
            schedule(ctx);
        }
    }

    private void schedule(ChannelHandlerContext ctx) {
        if (wanted && !due) {
            due = true;
            ctx.executor().execute(() -> deliver(ctx));
        }
    }

    private void deliver(ChannelHandlerContext ctx) {
        due = false;
        boolean off = wantedByAutoRead && !ctx.channel().config().isAutoRead();
        if (!wanted || off || segments.isEmpty() || !ctx.channel().isActive()) {
            wanted &= !off;
            return;
        }
        wanted = false;
        delivering = true;
        Segment segment = segments.poll();
        while (segment != null) {
            ctx.fireChannelRead(segment.bytes);
            segment = segment.readOver ? null : segments.poll();
        }
        ctx.fireChannelReadComplete();
        delivering = false;
        if (!wanted && ctx.channel().config().isAutoRead()) {
            wanted = true;
            wantedByAutoRead = true;
        }
        if (wanted && segments.isEmpty()) {
            ctx.read();
        } else {
            schedule(ctx);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        Segment segment;
        while ((segment = segments.poll()) != null) {
            segment.bytes.release();
        }
        if (received != null) {
            received.release();
            received = null;
        }
    }
}
