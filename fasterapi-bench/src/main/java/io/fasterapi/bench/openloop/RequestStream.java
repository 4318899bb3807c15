package io.fasterapi.bench.openloop;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.CharsetUtil;
import org.jspecify.annotations.Nullable;

/**
 * Equal requests at a constant rate. Immutable.
 *
 * @param name what the report calls it
 * @param perSecond requests per second
 * @param path path and query of each request
 * @param body JSON to POST; without it the request is a GET
 */
record RequestStream(String name, double perSecond, String path, byte @Nullable [] body) {

    RequestStream {
        if (!(perSecond > 0 && perSecond <= 1_000_000)) {
            throw new IllegalArgumentException(
                    "rate of " + name + ": " + perSecond + " (expected: above 0, to 1000000)");
        }
        if (!path.startsWith("/") || path.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
            throw new IllegalArgumentException(
                    "path of " + name + ": " + path + " (expected: / and visible ASCII)");
        }
    }

    /** Encodes the request for a server at a port of the loopback address. */
    ByteBuf encoded(int port) {
        StringBuilder head = new StringBuilder(body == null ? "GET " : "POST ");
        head.append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1:").append(port).append("\r\n");
        if (body != null) {
            head.append("Content-Type: application/json\r\nContent-Length: ");
            head.append(body.length).append("\r\n");
        }
        byte[] bytes = head.append("\r\n").toString().getBytes(CharsetUtil.US_ASCII);
        ByteBuf request = Unpooled.directBuffer(bytes.length + (body == null ? 0 : body.length));
        request.writeBytes(bytes);
        return body == null ? request : request.writeBytes(body);
    }
}
