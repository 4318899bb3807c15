package io.fasterapi.bench.peers.netty;

import io.fasterapi.bench.peers.shared.Message;
import io.fasterapi.bench.peers.shared.Order;
import io.fasterapi.bench.peers.shared.User;
import io.fasterapi.bench.peers.shared.Work;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Answers the requests of one connection. Belongs to the connection's event loop. */
final class RequestHandler extends ChannelInboundHandlerAdapter {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ObjectWriter MESSAGES = JSON.writerFor(Message.class);
    private static final ObjectWriter USERS = JSON.writerFor(User.class);
    private static final ObjectWriter ORDERS = JSON.writerFor(Order.class);
    private static final ObjectReader ORDER = JSON.readerFor(Order.class);
    private static final byte[] HELLO = Message.TEXT.getBytes(StandardCharsets.US_ASCII);
    private static final AsciiString TEXT = AsciiString.cached("text/plain;charset=UTF-8");
    private static final AsciiString TYPE_JSON = AsciiString.cached("application/json");
    private static final String USER_PREFIX = "/users/";

    private HttpRequest request;
    private ByteBuf body = Unpooled.EMPTY_BUFFER;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            HttpObject part = (HttpObject) message;
            if (part instanceof HttpRequest head) {
                request = head;
            }
            if (part instanceof HttpContent content) {
                collect(context, content.content());
            }
            if (part instanceof LastHttpContent) {
                answer(context);
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void collect(ChannelHandlerContext context, ByteBuf content) {
        if (content.isReadable()) {
            if (body == Unpooled.EMPTY_BUFFER) {
                body = context.alloc().buffer(content.readableBytes());
            }
            body.writeBytes(content);
        }
    }

    private void answer(ChannelHandlerContext context) {
        String path = request.uri();
        try {
            if (path.equals("/plaintext")) {
                respond(context, HttpResponseStatus.OK, TEXT, HELLO);
            } else if (path.equals("/json")) {
                json(context, MESSAGES.writeValueAsBytes(Message.hello()));
            } else if (path.startsWith(USER_PREFIX)) {
                int id = Integer.parseInt(path, USER_PREFIX.length(), path.length(), 10);
                json(context, USERS.writeValueAsBytes(User.of(id)));
            } else if (path.equals("/echo") && request.method().equals(HttpMethod.POST)) {
                Order order = ORDER.readValue(ByteBufUtil.getBytes(body));
                json(context, ORDERS.writeValueAsBytes(order));
            } else if (path.equals("/slow")) {
                byte[] work = Work.done().getBytes(StandardCharsets.US_ASCII);
                respond(context, HttpResponseStatus.OK, TEXT, work);
            } else {
                respond(context, HttpResponseStatus.NOT_FOUND, TEXT, new byte[0]);
            }
        } finally {
            body.release();
            body = Unpooled.EMPTY_BUFFER;
        }
    }

    private static void json(ChannelHandlerContext context, byte[] answer) {
        respond(context, HttpResponseStatus.OK, TYPE_JSON, answer);
    }

    private static void respond(
            ChannelHandlerContext context,
            HttpResponseStatus status,
            AsciiString type,
            byte[] answer) {
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(answer));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .setInt(HttpHeaderNames.CONTENT_LENGTH, answer.length);
        context.write(response, context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        body.release();
        body = Unpooled.EMPTY_BUFFER;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
