package io.fasterapi.spring.equality;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fasterapi.spring.equality.Response.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * Parses responses from a connection, strictly: bytes that are no response are kept as such. A
 * reset counts as the end. Owned by one thread.
 */
final class ResponseReader {

    private final InputStream in;
    private boolean silent;

    ResponseReader(InputStream in) {
        this.in = in;
    }

    /** Whether the last read ended because nothing came for too long. */
    boolean isSilent() {
        return silent;
    }

    /** The next response, or null if the connection ended before its first byte. */
    Response next(boolean answersHead) {
        StringBuilder line = new StringBuilder();
        boolean ended = !line(line);
        if (ended && line.isEmpty()) {
            return null;
        }
        if (ended || !line.toString().matches("HTTP/\\d\\.\\d \\d{3}( .*)?")) {
            return garbage(line, ended);
        }
        List<Header> headers = new ArrayList<>();
        boolean complete = headers(headers);
        Response head = new Response(line.toString(), headers, "none", "", List.of(), complete);
        return complete ? body(head, answersHead) : head;
    }

    private Response body(Response head, boolean answersHead) {
        int status = head.status();
        if (answersHead || status < 200 || status == 204 || status == 304) {
            return head;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (head.isChunked()) {
            List<Header> trailers = new ArrayList<>();
            boolean complete = chunks(body) && headers(trailers);
            return framed(head, "chunked", body, trailers, complete);
        }
        if (head.header("Content-Length").isPresent()) {
            int length = Integer.parseInt(head.header("Content-Length").get());
            return framed(head, "length", body, List.of(), copy(length, body));
        }
        copy(Integer.MAX_VALUE, body);
        return framed(head, "until-close", body, List.of(), true);
    }

    private static Response framed(
            Response head,
            String framing,
            ByteArrayOutputStream body,
            List<Header> trailers,
            boolean complete) {
        String text = body.toString(ISO_8859_1);
        return new Response(head.statusLine(), head.headers(), framing, text, trailers, complete);
    }

    private Response garbage(StringBuilder line, boolean ended) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        if (!ended) {
            copy(Integer.MAX_VALUE, rest);
        }
        String text = rest.toString(ISO_8859_1);
        return new Response(line.toString(), List.of(), "garbage", text, List.of(), false);
    }

    private boolean chunks(ByteArrayOutputStream body) {
        while (true) {
            StringBuilder line = new StringBuilder();
            if (!line(line)) {
                return false;
            }
            int size = Integer.parseInt(line.toString(), 16);
            if (size == 0) {
                return true;
            }
            if (!copy(size, body) || !line(new StringBuilder())) {
                return false;
            }
        }
    }

    private boolean headers(List<Header> headers) {
        while (true) {
            StringBuilder line = new StringBuilder();
            if (!line(line)) {
                return false;
            }
            if (line.isEmpty()) {
                return true;
            }
            int colon = line.indexOf(": ");
            headers.add(new Header(line.substring(0, colon), line.substring(colon + 2)));
        }
    }

    private boolean copy(int length, ByteArrayOutputStream to) {
        byte[] piece = new byte[8192];
        for (int left = length; left > 0; ) {
            int read = read(piece, Math.min(left, piece.length));
            if (read < 0) {
                return false;
            }
            to.write(piece, 0, read);
            left -= read;
        }
        return true;
    }

    /** Reads up to CR LF; false if the connection ended before it. */
    private boolean line(StringBuilder line) {
        byte[] one = new byte[1];
        while (true) {
            if (read(one, 1) < 0) {
                return false;
            }
            char next = (char) (one[0] & 0xff);
            if (next == '\n' && !line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
                line.setLength(line.length() - 1);
                return true;
            }
            line.append(next);
        }
    }

    private int read(byte[] into, int length) {
        try {
            return in.read(into, 0, length);
        } catch (SocketTimeoutException e) {
            silent = true;
            return -1;
        } catch (IOException e) {
            return -1;
        }
    }
}
