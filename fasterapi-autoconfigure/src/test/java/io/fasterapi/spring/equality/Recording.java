package io.fasterapi.spring.equality;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * All that came back on one connection, and what became of the connection. Two recordings are equal
 * when their texts are. Immutable.
 */
public record Recording(List<Response> responses, State state) {

    private static final int SHOWN = 3000;

    /** What the connection is after the last answer. */
    public enum State {
        /** The probe, a well-known request sent last, was answered. */
        OPEN,
        /** Ended between two answers, or before the first. */
        CLOSED,
        /** Ended within an answer. */
        ABORTED,
        /** The client left after the last expected answer. */
        LEFT,
        /** Nothing came for a minute: never right. */
        SILENT
    }

    /** How many answers, from the first, are the same in another recording. */
    int sameAnswers(Recording other) {
        int same = 0;
        while (same < responses.size()
                && same < other.responses.size()
                && text(responses.get(same)).equals(text(other.responses.get(same)))) {
            same++;
        }
        return same;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        responses.forEach(response -> text.append(text(response)));
        return text.append("[connection ").append(state).append("]").toString();
    }

    private static String text(Response response) {
        StringBuilder text = new StringBuilder();
        text.append(response.statusLine()).append('\n');
        response.headers().forEach(h -> text.append(h).append('\n'));
        text.append("[").append(response.framing());
        text.append(response.complete() ? "]\n" : ", cut]\n");
        text.append(body(response.body())).append('\n');
        response.trailers().forEach(h -> text.append("[trailer] ").append(h).append('\n'));
        return text.toString();
    }

    private static String body(String body) {
        StringBuilder text = new StringBuilder();
        body.chars().limit(SHOWN).forEach(c -> escape(c, text));
        if (body.length() > SHOWN) {
            text.append("... [").append(body.length()).append(" bytes, ");
            text.append(digest(body)).append("]");
        }
        return text.toString();
    }

    private static void escape(int c, StringBuilder text) {
        if (c >= ' ' && c < 127 || c == '\n') {
            text.append((char) c);
        } else {
            text.append(String.format("\\x%02x", c));
        }
    }

    private static String digest(String body) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(body.getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
