package io.fasterapi.samples.quickstart.compare;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/**
 * A connection that is kept, and one GET request that is sent on it again and again. Each is used
 * by one thread at a time.
 */
final class Connection implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(5).toMillis();

    private static final int BUFFER_BYTES = 64 * 1024;

    private static final String HEAD_END = "\r\n\r\n";

    private final Socket socket;
    private final byte[] request;
    private final byte[] buffer = new byte[BUFFER_BYTES];

    Connection(InetSocketAddress server, String path) throws IOException {
        socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(server, TIMEOUT_MILLIS);
        } catch (IOException ex) {
            socket.close();
            throw ex;
        }
        String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n";
        request = head.getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Sends the request and returns the whole answer: status line, headers and body, each byte a
     * char. The value of the Date header is left out.
     */
    String exchange() throws IOException {
        socket.getOutputStream().write(request);
        InputStream in = socket.getInputStream();
        int length = read(in, 0);
        int bodyStart = headEnd(length);
        while (bodyStart < 0) {
            length = read(in, length);
            bodyStart = headEnd(length);
        }
        String head = text(0, bodyStart);
        int end = bodyStart + bodyLength(head);
        while (length < end) {
            length = read(in, length);
        }
        if (length > end) {
            throw new IOException("the answer is longer than its Content-Length: " + head);
        }
        return withoutDate(head) + text(bodyStart, end);
    }

    private int read(InputStream in, int from) throws IOException {
        if (from == BUFFER_BYTES) {
            throw new IOException("the answer has more than " + BUFFER_BYTES + " bytes");
        }
        int read = in.read(buffer, from, BUFFER_BYTES - from);
        if (read < 0) {
            throw new EOFException("the server closed the connection");
        }
        return from + read;
    }

    private int headEnd(int length) {
        for (int i = HEAD_END.length(); i <= length; i++) {
            if (buffer[i - 1] == '\n' && buffer[i - 2] == '\r' && buffer[i - 3] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private String text(int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static int bodyLength(String head) throws IOException {
        for (String line : head.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        throw new IOException("the answer has no Content-Length: " + head);
    }

    private static String withoutDate(String head) {
        return head.replaceFirst("(?im)^date:[^\r\n]*", "Date: *");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException ex) {
            // It is of no use any more either way.
        }
    }
}
