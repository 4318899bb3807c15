package io.fasterapi.bench.shards;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** One connection that sends increments, several at a time, and reads the answers. One thread. */
final class IncrementClient implements Callable<Integer> {

    private static final String OK = "HTTP/1.1 200 ";
    private static final String LENGTH = "content-length: ";
    private static final int TIMEOUT_MILLIS = 60_000;

    private final int port;
    private final int keys;
    private final int depth;
    private final int first;
    private final int end;

    /**
     * Creates a client; it connects when it is called.
     *
     * @param depth how many requests to send before their answers are read
     * @param first number of its first request, which goes to that key modulo the keys
     * @param end number behind its last request
     */
    IncrementClient(int port, int keys, int depth, int first, int end) {
        this.port = port;
        this.keys = keys;
        this.depth = depth;
        this.first = first;
        this.end = end;
    }

    /** Returns how many requests were answered with 200. */
    @Override
    public Integer call() throws IOException {
        int answered = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16384);
            for (int next = first; next < end; next += depth) {
                int last = Math.min(end, next + depth);
                socket.getOutputStream().write(requests(next, last));
                for (int i = next; i < last; i++) {
                    answered += isOk(in) ? 1 : 0;
                }
            }
        }
        return answered;
    }

    private byte[] requests(int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append("POST /totals/key")
                    .append(i % keys)
                    .append(" HTTP/1.1\r\nhost: localhost\r\n\r\n");
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Reads one answer. */
    private static boolean isOk(InputStream in) throws IOException {
        boolean ok = true;
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        int number = 0;
        int length = 0;
        while (true) {
            readLine(in, line);
            if (line.size() == 0) {
                in.skipNBytes(length);
                return ok;
            }
            String text = line.toString(StandardCharsets.ISO_8859_1);
            if (number++ == 0) {
                ok = text.startsWith(OK);
            } else if (text.regionMatches(true, 0, LENGTH, 0, LENGTH.length())) {
                length = Integer.parseInt(text.substring(LENGTH.length()));
            }
        }
    }

    private static void readLine(InputStream in, ByteArrayOutputStream line) throws IOException {
        line.reset();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("connection ended after: " + line);
            }
            if (next != '\r') {
                line.write(next);
            }
        }
    }
}
