package io.fasterapi.samples.onemillion.load;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads one answer after the other: its status, and past its body. On one connection's event loop.
 */
final class AnswerReader {

    /*
     * As little as the client needs, so that it leaves the CPUs to the server: lines are put together
     * in an array, and of the headers only the length counts.
     */
    private static final String LENGTH = "content-length:";

    private static final int LONGEST_LINE = 8192;

    private final byte[] line = new byte[LONGEST_LINE];
    private int end;
    private int status;
    private int bodyLeft;
    private boolean hasLength;
    private boolean inBody;

    /** Reads on; true if the answer is complete. */
    boolean read(ByteBuf in) throws IOException {
        while (!inBody && in.isReadable()) {
            byte next = in.readByte();
            if (next != '\n') {
                if (end == LONGEST_LINE) {
                    throw new IOException("a line of over " + LONGEST_LINE + " bytes");
                }
                line[end++] = next;
            } else {
                line();
            }
        }
        if (!inBody) {
            return false;
        }
        int step = Math.min(bodyLeft, in.readableBytes());
        in.skipBytes(step);
        bodyLeft -= step;
        return bodyLeft == 0;
    }

    private void line() throws IOException {
        int length = end > 0 && line[end - 1] == '\r' ? end - 1 : end;
        end = 0;
        if (status == 0) {
            status = number(9, 12);
        } else if (length == 0) {
            if (!hasLength) {
                throw new IOException("an answer without a length (status " + status + ")");
            }
            inBody = true;
        } else if (isLength(length)) {
            hasLength = true;
            bodyLeft = number(LENGTH.length(), length);
        }
    }

    private boolean isLength(int length) {
        return (line[0] | 0x20) == 'c'
                && length > LENGTH.length()
                && text(LENGTH.length()).toLowerCase(Locale.ROOT).equals(LENGTH);
    }

    private int number(int from, int to) throws IOException {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (line[i] != ' ') {
                if (line[i] < '0' || line[i] > '9') {
                    throw new IOException("no HTTP answer: " + text(to));
                }
                number = number * 10 + line[i] - '0';
            }
        }
        return number;
    }

    private String text(int to) {
        return new String(line, 0, to, StandardCharsets.ISO_8859_1);
    }

    int status() {
        return status;
    }

    void reset() {
        status = 0;
        bodyLeft = 0;
        hasLength = false;
        inBody = false;
    }
}
