package io.fasterapi.netty;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A socket that speaks HTTP/1.1 as text. Owned by the test's thread. */
final class RawClient implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    RawClient(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
    }

    static String get(String uri) {
        return "GET " + uri + " HTTP/1.1\r\nhost: test\r\n\r\n";
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    /** Reads one answer: its head, and as much body as Content-Length says. */
    String receive() throws IOException {
        String head = head();
        int start = head.toLowerCase(java.util.Locale.ROOT).indexOf("content-length: ");
        if (start < 0) {
            return head;
        }
        int end = head.indexOf('\r', start);
        int length = Integer.parseInt(head.substring(start + "content-length: ".length(), end));
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Reads up to the empty line. */
    String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("connection ended after: " + head);
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads up to the end of the connection. */
    String textToTheEnd() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Reads up to the end of the connection, however it ends; returns how many bytes came. */
    long receiveToTheEnd() {
        byte[] some = new byte[64 * 1024];
        long count = 0;
        try {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                count += read;
            }
        } catch (SocketTimeoutException ex) {
            throw new AssertionError("connection: open (expected: ended)", ex);
        } catch (IOException reset) {
            return count;
        }
        return count;
    }

    /** Ends with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
