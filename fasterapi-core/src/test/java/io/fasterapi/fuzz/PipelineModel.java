package io.fasterapi.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a server owes for some bytes of a client: the answers in order, and what comes after them. A
 * parser of its own, of RFC 9112 without its liberties. Owned by one thread.
 */
final class PipelineModel {

    /*
     * Where RFC 9112 lets a server choose, or where Reactor Netty does as it likes, the model says
     * UNSURE: what follows need only be whole answers of requests that are there, in their order.
     * What is REJECTED is answered by one 4xx or not at all, then the connection ends.
     */
    enum End {
        /** All was answered, the connection waits for more. */
        OPEN,
        /** The last answer was asked to be the last. */
        CLOSED,
        /** The next request is none. */
        REJECTED,
        /** The next request has a head, but its body is none. */
        BROKEN_BODY,
        /** The next request is not complete. */
        INCOMPLETE,
        UNSURE
    }

    /** The end of the sure part. */
    private static final class Stop extends Exception {

        private static final long serialVersionUID = 1;
        final End end;

        Stop(End end) {
            super(null, null, false, false);
            this.end = end;
        }
    }

    private static final Pattern REQUEST_LINE =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+ [!-~]+ HTTP/1\\.[01]");
    private static final Pattern TARGET =
            Pattern.compile("(/[A-Za-z0-9_-]+)+(\\?([A-Za-z0-9=&_-]|%[0-9A-Fa-f]{2})*)?");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[ \\t]*([!-~]([ -~\\t]*[!-~])?)?[ \\t]*");
    private static final Pattern HOST = Pattern.compile("[a-z0-9-]+(:[0-9]{2,4})?");
    private static final Pattern CHUNK =
            Pattern.compile(
                    "[0-9a-fA-F]{1,6}(; ?[A-Za-z0-9]+(=([A-Za-z0-9]+|\"[A-Za-z0-9]*\"))?)*");
    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_HEAD = 8192;
    private static final int MARGIN = 150;

    final List<Expected> answers = new ArrayList<>();

    /** What may be answered to a request whose body is broken or not complete; or null. */
    Expected tail;

    End end;

    /** Where the first request begins that is not answered for sure. */
    int sure;

    private final byte[] bytes;
    private int at;
    private String method;
    private String target;
    private boolean old;
    private String connection;
    private String expect;
    private String coding;
    private final List<String> hosts = new ArrayList<>();
    private final List<String> lengths = new ArrayList<>();

    PipelineModel(byte[] bytes) {
        this.bytes = bytes;
        try {
            while (skipEmptyLines()) {
                sure = at;
                tail = null;
                request();
            }
            sure = at;
            end = End.OPEN;
        } catch (Stop stop) {
            end = stop.end;
        }
    }

    /** Returns whether an answer may be the last one, since a later request ends the connection. */
    boolean mayEndAfter(int answered) {
        boolean late = false;
        for (int i = 0; i < answered; i++) {
            late |= answers.get(i).late();
        }
        return late && end != End.OPEN;
    }

    private boolean skipEmptyLines() throws Stop {
        while (at < bytes.length && (bytes[at] == '\r' || bytes[at] == '\n')) {
            if (bytes[at] == '\r' && at + 1 == bytes.length) {
                throw new Stop(End.INCOMPLETE);
            }
            if (bytes[at] == '\n' || bytes[at + 1] != '\n') {
                throw new Stop(End.UNSURE);
            }
            at += 2;
        }
        return at < bytes.length;
    }

    private void request() throws Stop {
        requestLine();
        headers();
        boolean closing = isClosing();
        boolean expects = expect != null;
        boolean known = TARGET.matcher(target).matches();
        if (hosts.size() != 1
                || !HOST.matcher(hosts.get(0)).matches()
                || (expects && !expect.equalsIgnoreCase("100-continue"))
                || !known
                || method.equals("CONNECT")
                || method.equals("PRI")) {
            checkFraming();
            throw new Stop(End.UNSURE);
        }
        if (old && target.matches("/rn/(stream|pipe)/.*")) {
            throw new Stop(End.UNSURE);
        }
        checkFraming();
        tail = Expected.of(old, method, target, new byte[0], closing, expects);
        byte[] body = body();
        Expected expected = Expected.of(old, method, target, body, closing, expects);
        if (expected == null || body.length > FuzzServer.MOST_BODY_BYTES) {
            throw new Stop(End.UNSURE);
        }
        answers.add(expected);
        tail = null;
        if (closing) {
            sure = at;
            throw new Stop(End.CLOSED);
        }
        if (old) {
            sure = at;
            throw new Stop(End.UNSURE); // Reactor Netty keeps such a connection open or not
        }
    }

    private void requestLine() throws Stop {
        String line = line(LONGEST_LINE);
        if (!REQUEST_LINE.matcher(line).matches()) {
            throw new Stop(End.UNSURE);
        }
        String[] parts = line.split(" ");
        method = parts[0];
        target = parts[1];
        old = parts[2].endsWith("0");
    }

    private void headers() throws Stop {
        connection = "";
        expect = null;
        coding = null;
        hosts.clear();
        lengths.clear();
        int start = at;
        String line = line(LONGEST_HEAD);
        while (!line.isEmpty()) {
            if (at - start > LONGEST_HEAD - MARGIN) {
                throw new Stop(End.UNSURE);
            }
            header(line);
            line = line(LONGEST_HEAD - (at - start));
        }
    }

    private void header(String line) throws Stop {
        int colon = line.indexOf(':');
        char first = line.charAt(0);
        if (first == ' ' || first == '\t' || colon == 0) {
            throw new Stop(End.UNSURE);
        }
        if (colon < 0 || !TOKEN.matcher(line.substring(0, colon)).matches()) {
            reject();
        }
        String value = line.substring(colon + 1);
        if (!VALUE.matcher(value).matches()) {
            throw new Stop(End.UNSURE);
        }
        value = value.replace('\t', ' ').strip();
        switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "connection" -> connection += "," + value;
            case "host" -> hosts.add(value);
            case "content-length" -> lengths.add(value);
            case "transfer-encoding" -> coding = coding == null ? value : coding + "," + value;
            case "expect" -> expect = expect == null ? value : expect + "," + value;
            default -> {
                // says nothing
            }
        }
    }

    /** What is wrong with a head is answered when it is complete, at the latest. */
    private void reject() throws Stop {
        String rest = new String(bytes, at - 2, bytes.length - at + 2, ISO_8859_1);
        throw new Stop(rest.contains("\r\n\r\n") ? End.REJECTED : End.INCOMPLETE);
    }

    private boolean isClosing() {
        boolean keep = false;
        for (String each : connection.toLowerCase(Locale.ROOT).split(",")) {
            if (each.strip().equals("close")) {
                return true;
            }
            keep |= each.strip().equals("keep-alive");
        }
        return old && !keep;
    }

    private void checkFraming() throws Stop {
        if (coding != null) {
            if (!coding.equalsIgnoreCase("chunked")) {
                throw new Stop(End.UNSURE);
            }
            if (old || !lengths.isEmpty()) {
                throw new Stop(End.REJECTED);
            }
        } else if (!lengths.isEmpty()) {
            String length = lengths.get(0);
            if (lengths.size() > 1 || length.indexOf(',') >= 0) {
                throw new Stop(old ? End.UNSURE : End.REJECTED);
            }
            if (!length.matches("[0-9]{1,9}")) {
                throw new Stop(length.matches("[A-Za-z].*") ? End.REJECTED : End.UNSURE);
            }
        }
    }

    private byte[] body() throws Stop {
        if (coding != null) {
            return chunks();
        }
        int length = lengths.isEmpty() ? 0 : Integer.parseInt(lengths.get(0));
        return take(length);
    }

    private byte[] take(int length) throws Stop {
        if (bytes.length - at < length) {
            throw new Stop(End.INCOMPLETE);
        }
        byte[] taken = new byte[length];
        System.arraycopy(bytes, at, taken, 0, length);
        at += length;
        return taken;
    }

    private byte[] chunks() throws Stop {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String line = line(LONGEST_LINE);
            if (!CHUNK.matcher(line).matches()) {
                boolean none = !line.isEmpty() && Character.digit(line.charAt(0), 16) < 0;
                throw new Stop(none && line.charAt(0) > ' ' ? End.BROKEN_BODY : End.UNSURE);
            }
            int size = Integer.parseInt(line.split(";", -1)[0], 16);
            if (size == 0) {
                break;
            }
            body.writeBytes(take(size));
            byte[] after = take(2);
            if (after[0] != '\r' || after[1] != '\n') {
                throw new Stop(End.UNSURE);
            }
        }
        String trailer = line(LONGEST_HEAD);
        while (!trailer.isEmpty()) {
            int colon = trailer.indexOf(':');
            if (colon < 1
                    || !TOKEN.matcher(trailer.substring(0, colon)).matches()
                    || !VALUE.matcher(trailer.substring(colon + 1)).matches()) {
                throw new Stop(End.UNSURE);
            }
            trailer = line(LONGEST_HEAD);
        }
        return body.toByteArray();
    }

    /** Takes a line without its end. */
    private String line(int longest) throws Stop {
        int feed = at;
        while (feed < bytes.length && bytes[feed] != '\n') {
            feed++;
        }
        if (feed - at > longest + MARGIN) {
            throw new Stop(tail == null ? End.REJECTED : End.UNSURE);
        }
        if (feed - at > longest - MARGIN) {
            throw new Stop(End.UNSURE);
        }
        if (feed == bytes.length) {
            throw new Stop(End.INCOMPLETE);
        }
        if (feed == at || bytes[feed - 1] != '\r') {
            throw new Stop(tail == null ? End.REJECTED : End.UNSURE);
        }
        String line = new String(bytes, at, feed - 1 - at, ISO_8859_1);
        at = feed + 1;
        return line;
    }
}
