package io.fasterapi.samples.onemillion.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** The events by number: their requests and what they come to. Stateless. */
final class Events {

    static final int USERS = 75_000;

    private static final int VALUES = 1_000;

    private static final byte[] HEAD =
            ("POST /event HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Content-Length: ")
                    .getBytes(StandardCharsets.ISO_8859_1);

    private Events() {}

    /** Writes the request of event number {@code i}. */
    static void write(int i, ByteBuf out) {
        String body = "{\"userId\":\"user_" + i % USERS + "\",\"value\":" + i % VALUES + ".5}";
        out.writeBytes(HEAD);
        ByteBufUtil.writeAscii(out, Integer.toString(body.length()));
        ByteBufUtil.writeAscii(out, "\r\n\r\n");
        ByteBufUtil.writeAscii(out, body);
    }

    static long users(int events) {
        return Math.min(events, USERS);
    }

    /** Returns the sum of the first values; all are multiples of a half, so it is exact. */
    static double sum(int events) {
        double full = events / VALUES;
        double rest = events % VALUES;
        return full * VALUES * VALUES / 2 + rest * rest / 2;
    }
}
