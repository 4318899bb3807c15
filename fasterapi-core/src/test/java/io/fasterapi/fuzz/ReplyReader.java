package io.fasterapi.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads answers and refuses every liberty of their framing. Owned by one thread. */
final class ReplyReader {

    /** What is no answer of HTTP/1.1, or is one that never comes. */
    static class Broken extends IOException {

        private static final long serialVersionUID = 1;

        Broken(String what) {
            super(what);
        }
    }

    /** Nothing came for long. */
    static final class Silent extends Broken {

        private static final long serialVersionUID = 1;

        Silent() {
            super("silence: the connection is open and no answer comes");
        }
    }

    /** The connection ended in the middle of an answer. */
    static final class Truncated extends IOException {

        private static final long serialVersionUID = 1;
    }

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] [1-5][0-9][0-9] [ -~]*");
    private static final Pattern FIELD =
            Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?([ -~\\x80-\\xff]*)");

    private final InputStream in;
    private final byte[] buffer = new byte[16 * 1024];
    private final ByteArrayOutputStream transcript = new ByteArrayOutputStream();
    private int at;
    private int end;
    private boolean within;

    ReplyReader(InputStream in) {
        this.in = in;
    }

    /** Returns what came since the last call, as it came. */
    String transcript() {
        String all = transcript.toString(ISO_8859_1);
        transcript.reset();
        return all;
    }

    /** Returns the next answer, or null if the connection ended before it. */
    Reply next(boolean head) throws IOException {
        for (int continued = 0; ; continued++) {
            within = false;
            String line = line();
            if (line == null) {
                return null;
            }
            if (!STATUS.matcher(line).matches()) {
                throw new Broken("status line: " + line);
            }
            int status = Integer.parseInt(line.substring(9, 12));
            Map<String, String> headers = headers();
            if (status >= 200) {
                return new Reply(
                        line.charAt(7) == '0',
                        status,
                        headers,
                        body(status, headers, head),
                        continued);
            }
            if (status != 100
                    || !Map.of("connection", "close").entrySet().containsAll(headers.entrySet())) {
                throw new Broken("interim answer: " + status + " " + headers);
            }
        }
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new HashMap<>();
        String line = line();
        while (!line.isEmpty()) {
            var field = FIELD.matcher(line);
            if (!field.matches()) {
                throw new Broken("field: " + line);
            }
            headers.merge(
                    field.group(1).toLowerCase(Locale.ROOT), field.group(2), (a, b) -> a + "," + b);
            line = line();
        }
        return headers;
    }

    private byte[] body(int status, Map<String, String> headers, boolean head) throws IOException {
        String length = headers.get("content-length");
        String coding = headers.get("transfer-encoding");
        if (length != null && coding != null) {
            throw new Broken("two lengths: " + headers);
        }
        if (status == 204 && (length != null || coding != null)) {
            throw new Broken("a length of no content: " + headers);
        }
        if (head || status == 204 || status == 304) {
            return new byte[0];
        }
        if (coding != null) {
            if (!coding.equals("chunked")) {
                throw new Broken("coding: " + coding);
            }
            return chunks();
        }
        if (length == null || !length.matches("[0-9]+")) {
            throw new Broken("length: " + length);
        }
        byte[] body = new byte[Integer.parseInt(length)];
        read(body);
        return body;
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line();
            if (!size.matches("[0-9a-f]+")) {
                throw new Broken("chunk size: " + size);
            }
            byte[] chunk = new byte[Integer.parseInt(size, 16)];
            read(chunk);
            body.writeBytes(chunk);
            if (!line().isEmpty()) {
                throw new Broken("no end of a chunk");
            }
            if (chunk.length == 0) {
                return body.toByteArray();
            }
        }
    }

    private void read(byte[] target) throws IOException {
        int done = 0;
        while (done < target.length) {
            if (at == end && !fill()) {
                throw new Truncated();
            }
            int more = Math.min(end - at, target.length - done);
            System.arraycopy(buffer, at, target, done, more);
            at += more;
            done += more;
        }
    }

    /** Returns a line without its end; null if the connection ended before an answer. */
    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (true) {
            if (at == end && !fill()) {
                if (within) {
                    throw new Truncated();
                }
                return null;
            }
            within = true;
            char next = (char) (buffer[at++] & 0xff);
            if (next == '\n') {
                int last = line.length() - 1;
                if (last < 0 || line.charAt(last) != '\r') {
                    throw new Broken("line feed alone after: " + line);
                }
                line.setLength(last);
                return line.toString();
            }
            line.append(next);
            if (line.length() > 10_000) {
                throw new Broken("endless line: " + line);
            }
        }
    }

    private boolean fill() throws IOException {
        int read;
        try {
            read = in.read(buffer);
        } catch (SocketTimeoutException ex) {
            throw new Silent();
        } catch (SocketException reset) {
            return false;
        }
        if (read <= 0) {
            return false;
        }
        at = 0;
        end = read;
        transcript.writeBytes(Arrays.copyOf(buffer, read));
        return true;
    }
}
