package io.fasterapi.netty;

import io.fasterapi.admission.Refusals;
import io.fasterapi.log.SafeLog;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers or refuses a connection's requests before Reactor Netty has seen them. Owned by the
 * connection's event loop.
 */
final class EarlyRequests implements EarlyCall.Onward {

    /*
     * An answer from here must not overtake one of Reactor Netty's: so a request is served only
     * while none is outstanding there. What is not plain goes on to Reactor Netty as if this was not
     * here: everything about the request that is not ordinary (FrontDoor), a client that does not
     * read its answers (there Reactor Netty bounds what waits), whatever the handler brought that is
     * not a whole body.
     *
     * A request with a short body is held until that is complete, but not longer than the read that
     * brought its head: what is not complete then goes on to Reactor Netty, body and all.
     *
     * A call may be under way for longer: its handler runs on a core or a thread of its own, or what
     * it waits for comes later. While a handler is away, what follows waits, as for any work on a core
     * (Http1Connection). While nothing but an outcome is waited for, the connection is read as
     * Reactor Netty would read it, to see whether the client goes; if anything else comes first, the
     * request goes on to Reactor Netty before it.
     *
     * Answers are flushed once, when the read is over that brought their requests, or before
     * something is passed on. Reactor Netty knows nothing of these requests, so it asks for no
     * further read: that is done here, too.
     */
    private static final System.Logger LOGGER = System.getLogger(EarlyRequests.class.getName());

    private static final int MOST_HELD_BYTES = 64 * 1024;

    private final FrontDoor server;
    private final Http1Connection connection;
    private final EarlyRefusals refusals;
    private final KnownHost host;
    private final ConnectionSettings settings;
    private final HeldContents held = new HeldContents();
    private final List<Runnable> afterwards = new ArrayList<>(0);
    private boolean swallowing;
    private boolean unflushed;
    private boolean readDue;
    private boolean beginning;
    private @Nullable ChannelHandlerContext context;
    private @Nullable HttpRequest head;
    private @Nullable EarlyCall calling;

    EarlyRequests(FrontDoor server, Http1Connection connection) {
        this.server = server;
        this.connection = connection;
        this.refusals = new EarlyRefusals(server);
        this.host = new KnownHost(server);
        this.settings = server.connectionSettings();
    }

    FrontDoor server() {
        return server;
    }

    /** Returns the call that has begun for a request, if it is of that type, to take it over. */
    <T extends EarlyCall> @Nullable T takeOver(HttpHeaders request, Class<T> type) {
        EarlyCall begun = calling;
        if (!type.isInstance(begun) || !begun.isOf(request)) {
            return null;
        }
        calling = null;
        return type.cast(begun);
    }

    /** Returns whether the request that Reactor Netty is being given belongs to another call. */
    boolean hasBegunOther(Class<? extends EarlyCall> type) {
        EarlyCall begun = calling;
        return begun != null && !type.isInstance(begun);
    }

    /** The request that is being passed on is about to be refused in the usual way. */
    void refused() {
        HttpRequest request = connection.passing();
        if (request != null) {
            refusals.refused(request);
        }
    }

    /** Takes a message, or returns false: then it is Reactor Netty's. */
    boolean take(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            passHeld(ctx);
            if (!receive(ctx, request)) {
                flush(ctx);
                return false;
            }
            return true;
        }
        if (!(message instanceof HttpContent content)) {
            return false;
        }
        if (isUnderWay()) {
            held.add(content);
            return true;
        }
        if (head != null) {
            hold(ctx, content);
            return true;
        }
        if (!swallowing) {
            return false;
        }
        swallowing = !(content instanceof LastHttpContent);
        readDue = true;
        content.release();
        return true;
    }

    private boolean receive(ChannelHandlerContext ctx, HttpRequest request) {
        context = ctx;
        Refusals.Answer refusal = refusals.judges(request) ? refusal(ctx, request) : null;
        if (refusal != null) {
            swallowing = true;
            // from constants, but encoded anew: the encoder has to see every answer
            send(ctx, request, refusal.whole());
            return true;
        }
        if (!mayAnswer(ctx.channel(), request) || !host.isNamedBy(request)) {
            return false;
        }
        long length = HttpUtil.getContentLength(request, 0L);
        if (length > MOST_HELD_BYTES) {
            return false;
        }
        if (length == 0) {
            serve(ctx, request, List.of());
        } else {
            head = request;
        }
        return true;
    }

    private Refusals.@Nullable Answer refusal(ChannelHandlerContext ctx, HttpRequest request) {
        Channel channel = ctx.channel();
        if (!channel.isWritable()) {
            flush(ctx);
        }
        return settings.allowRefusal(request) && mayAnswer(channel, request)
                ? refusals.judge(request, channel.eventLoop())
                : null;
    }

    private boolean mayAnswer(Channel channel, HttpRequest request) {
        return settings.allowEarly(channel)
                && connection.isIdle(channel)
                && channel.isWritable()
                && channel.isActive()
                && FrontDoor.isOrdinary(request);
    }

    private void hold(ChannelHandlerContext ctx, HttpContent content) {
        held.add(content);
        HttpRequest request = head;
        if (!content.decoderResult().isSuccess()) {
            passHeld(ctx);
        } else if (content instanceof LastHttpContent && request != null) {
            head = null;
            serve(ctx, request, held.body());
            if (!isUnderWay()) {
                passContents(ctx);
            }
        }
    }

    /** What is held is Reactor Netty's. */
    private void passHeld(ChannelHandlerContext ctx) {
        if (head != null) {
            pass();
            passContents(ctx);
            runAfterwards();
        }
    }

    private void passContents(ChannelHandlerContext ctx) {
        if (!held.isEmpty()) {
            held.take().forEach(each -> connection.pass(ctx, each));
        }
    }

    /** Releases what is held. A call that is under way learns of it by {@link #lost}. */
    void discard() {
        held.release();
        if (calling == null) {
            head = null;
        }
    }

    private void serve(ChannelHandlerContext ctx, HttpRequest request, List<ByteBuf> body) {
        EarlyCall call = open(ctx, request, body);
        if (call == null) {
            pass(ctx, request);
            return;
        }
        calling = call;
        head = request;
        beginning = true;
        try {
            call.begin(this);
        } catch (Throwable ex) {
            cut(ctx, call, ex);
        } finally {
            beginning = false;
        }
    }

    @Override
    public void settle(EarlyCall call) {
        ChannelHandlerContext ctx = context;
        HttpRequest request = head;
        if (call != calling || request == null || ctx == null) {
            return; // it is Reactor Netty's, or gone
        }
        FullHttpResponse answer;
        try {
            boolean answered = call.isAnswered();
            if (!answered && server.mayWait() && call.isUnderWay()) {
                readDue |= beginning; // as Reactor Netty would, to see whether the client goes
                return;
            }
            answer = answered && settings.allowPlain(request, call) ? call.end() : null;
        } catch (Throwable ex) {
            cut(ctx, call, ex);
            return;
        }
        if (answer == null) {
            pass();
        } else {
            calling = null;
            head = null;
            server.served(call.isRefused());
            write(ctx, request, answer);
        }
        if (!beginning) {
            if (answer == null) {
                passContents(ctx);
                ctx.fireChannelReadComplete(); // the read was over before
            }
            finishRead(ctx);
            runAfterwards();
        }
    }

    @Override
    public void expired(EarlyCall call, FullHttpResponse answer) {
        ChannelHandlerContext ctx = context;
        HttpRequest request = head;
        if (call == calling && request != null && ctx != null) {
            calling = null;
            discard();
            connection.hopBegins(); // and never ends: nothing that follows is served
            server.served(true);
            ctx.writeAndFlush(answer, settings.answered(ctx, request, answer).unvoid())
                    .addListener(ChannelFutureListener.CLOSE);
            runAfterwards();
        }
    }

    @Override
    public InboundGate gate() {
        return connection;
    }

    private void runAfterwards() {
        if (!afterwards.isEmpty()) {
            List<Runnable> due = List.copyOf(afterwards);
            afterwards.clear();
            due.forEach(Runnable::run);
        }
    }

    /** Returns whether a request's call has begun, and its outcome is waited for. */
    boolean isUnderWay() {
        return calling != null && head != null;
    }

    /** Runs a task when the call that is under way is answered, or Reactor Netty's. */
    void afterwards(Runnable task) {
        afterwards.add(task);
    }

    /** The connection is lost. */
    void lost() {
        EarlyCall call = calling;
        if (call != null && head != null) {
            calling = null;
            SafeEnding.cancel(call);
        }
        discard();
        runAfterwards();
    }

    /** What fails to open is Reactor Netty's. */
    private @Nullable EarlyCall open(
            ChannelHandlerContext ctx, HttpRequest request, List<ByteBuf> body) {
        String named = host.last();
        try {
            return named == null ? null : server.open(request, body, named, ctx.channel());
        } catch (Throwable ex) {
            SafeLog.error(
                    LOGGER,
                    () -> "a request could not be served early; Reactor Netty serves it",
                    ex);
            return null;
        }
    }

    /** A call must throw nothing: one that does cannot be answered by anybody any more. */
    private void cut(ChannelHandlerContext ctx, EarlyCall call, Throwable cause) {
        SafeLog.error(
                LOGGER,
                () -> "an early request failed and has no answer; its connection is closed",
                cause);
        boolean passed = head == null; // then Reactor Netty ends it with the connection
        calling = null;
        discard();
        ctx.close();
        if (!passed) {
            SafeEnding.abandon(call);
        }
    }

    private void write(ChannelHandlerContext ctx, HttpRequest request, FullHttpResponse answer) {
        swallowing = held.isEmpty(); // the end of the request is still to come
        readDue |= !swallowing;
        discard();
        send(ctx, request, answer);
    }

    private void send(ChannelHandlerContext ctx, HttpRequest request, FullHttpResponse answer) {
        unflushed = true;
        ctx.write(answer, settings.answered(ctx, request, answer));
    }

    /** Gives the request to Reactor Netty, whose handler takes over the call that has begun. */
    @Override
    public void pass() {
        HttpRequest request = head;
        ChannelHandlerContext ctx = context;
        if (request == null || ctx == null) {
            return;
        }
        head = null;
        pass(ctx, request);
        EarlyCall lost = calling;
        if (lost != null) {
            calling = null;
            SafeEnding.abandon(lost);
        }
    }

    private void pass(ChannelHandlerContext ctx, HttpRequest request) {
        flush(ctx);
        connection.pass(ctx, request);
    }

    /** A read is over. */
    void readComplete(ChannelHandlerContext ctx) {
        if (!isUnderWay()) {
            passHeld(ctx);
        }
        finishRead(ctx);
    }

    private void finishRead(ChannelHandlerContext ctx) {
        flush(ctx);
        if (readDue) {
            readDue = false;
            connection.read(ctx);
        }
    }

    private void flush(ChannelHandlerContext ctx) {
        if (unflushed) {
            unflushed = false;
            ctx.flush();
        }
    }
}
