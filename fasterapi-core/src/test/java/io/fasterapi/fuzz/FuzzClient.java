package io.fasterapi.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One connection, which plays inputs and judges the answers. Owned by one thread. */
final class FuzzClient implements AutoCloseable {

    private static final Pattern ENCODED = Pattern.compile("%([0-9a-fA-F]{2})");

    private static final int FORGOTTEN_MILLIS = 500;

    /** How many connections were forgotten by Reactor Netty. */
    static final LongAdder silences = new LongAdder();

    private final boolean raw;
    private final int patienceMillis;
    private final Socket socket = new Socket();
    private final ReplyReader reader;
    private boolean begun;
    private boolean open = true;
    private boolean half;

    /** The model's view of the last input. */
    PipelineModel model;

    /**
     * Connects.
     *
     * @param host the last number of the loopback address, so that there are ports enough
     * @param raw whether cuts are made by writing in parts, else by the {@link Cutter}
     */
    FuzzClient(int port, int host, boolean raw, int patienceMillis) throws IOException {
        this.raw = raw;
        this.patienceMillis = patienceMillis;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(patienceMillis);
        socket.connect(new InetSocketAddress("127.0.0." + host, port));
        reader = new ReplyReader(socket.getInputStream());
    }

    boolean isOpen() {
        return open;
    }

    /** Returns what came for the last input. */
    String transcript() {
        return reader.transcript();
    }

    /** Plays an input; returns what is wrong with its answers, or null. */
    String play(Input input) throws IOException {
        model = new PipelineModel(input.bytes());
        write(input);
        if (input.leave() == Input.Leave.RESETS) {
            reset();
            return null;
        }
        half = input.leave() == Input.Leave.HALF_CLOSES;
        if (half) {
            halfClose();
        }
        try {
            return judge(half || (raw && model.end != PipelineModel.End.OPEN));
        } catch (ReplyReader.Truncated ex) {
            open = false;
            boolean allowed = half || raw && model.end != PipelineModel.End.OPEN || isVague();
            return allowed ? null : "an answer was cut off";
        } catch (ReplyReader.Broken ex) {
            return ex.getMessage();
        }
    }

    private boolean isVague() {
        return switch (model.end) {
            case UNSURE, INCOMPLETE, BROKEN_BODY -> answered >= model.answers.size();
            default -> false;
        };
    }

    private int answered;
    private boolean forgotten;

    private String judge(boolean mayBeCut) throws IOException {
        for (answered = 0; answered < model.answers.size(); ) {
            Expected expected = model.answers.get(answered);
            Reply reply = nextOrEnd(expected);
            if (reply == null) {
                open = false;
                return mayBeCut || isCutByStream() || forgotten
                        ? null
                        : "the end came before answer " + answered + ": " + expected;
            }
            String wrong = expected.objection(reply);
            if (wrong != null && isReplaced(expected, reply)) {
                return end();
            }
            if (wrong != null) {
                return "answer " + answered + ": " + wrong;
            }
            answered++;
            if (reply.isClosing()) {
                return mayClose(expected)
                        ? end()
                        : "answer " + (answered - 1) + " closes the connection";
            } else if (expected.closing()) {
                return "answer " + (answered - 1) + " does not say that it is the last";
            }
        }
        return rest();
    }

    /*
     * Reactor Netty forgets what it has queued, and to close the connection, if it reads a request
     * that ends the connection between a late answer and the next request of the queue; nor does it
     * see that a body in its queue is broken. So silence
     * is an end there, and comes soon: whatever is only slow is not looked at, then.
     */
    private Reply nextOrEnd(Expected expected) throws IOException {
        if (!model.mayEndAfter(answered)) {
            return reader.next(expected.head());
        }
        socket.setSoTimeout(Math.min(patienceMillis, FORGOTTEN_MILLIS));
        try {
            return reader.next(expected.head());
        } catch (ReplyReader.Silent ex) {
            forgotten = true;
            silences.increment();
            return null;
        } finally {
            socket.setSoTimeout(patienceMillis);
        }
    }

    /**
     * What is broken behind the last request, Reactor Netty answers in its place if that is late.
     */
    private boolean isReplaced(Expected expected, Reply reply) {
        boolean begun = expected.streamed() && reply.header(FuzzRoutes.ID).equals(expected.id());
        return expected.closing()
                && expected.late()
                && model.sure < input.length
                && (begun || isRejection(reply));
    }

    private boolean mayClose(Expected expected) {
        boolean last = answered == model.answers.size();
        return last && (expected.closing() || model.end == PipelineModel.End.UNSURE)
                || model.mayEndAfter(answered)
                || expected.expects(); // it was answered without its body, which may not come
    }

    /** An answer whose head had left could not say that the connection would end. */
    private boolean isCutByStream() {
        return answered > 0
                && model.answers.get(answered - 1).streamed()
                && model.mayEndAfter(answered);
    }

    /** The connection must have ended. */
    private String end() throws IOException {
        open = false;
        Reply more = reader.next(false);
        return more == null ? null : "one answer too many: " + more;
    }

    private String rest() throws IOException {
        switch (model.end) {
            case OPEN:
                return half ? vague() : null;
            case REJECTED:
                return rejected();
            case BROKEN_BODY:
                return tail();
            case INCOMPLETE:
                halfClose();
                return tail();
            case UNSURE:
                halfClose();
                return vague();
            default:
                return end();
        }
    }

    private String rejected() throws IOException {
        Reply reply = reader.next(false);
        if (reply == null) {
            open = false;
            return null;
        }
        return isRejection(reply) ? end() : "instead of a rejection: " + reply;
    }

    private static boolean isRejection(Reply reply) {
        return reply.status() >= 400
                && reply.status() < 500
                && reply.status() != 404
                && reply.isClosing()
                && reply.continued() <= 1
                && reply.header(FuzzRoutes.ID).isEmpty();
    }

    /** At most one answer to a request without its end, and at most one rejection. */
    private String tail() throws IOException {
        Expected expected = model.tail;
        Reply reply = reader.next(expected != null && expected.head());
        if (reply != null && expected != null && !isRejection(reply)) {
            boolean its = expected.id().equals(reply.header(FuzzRoutes.ID)) || !expected.named();
            if (!its) {
                return "of another request: " + reply;
            }
            reply = model.mayEndAfter(answered) ? nextOrEnd(expected) : reader.next(false);
        }
        if (reply == null) {
            open = false;
            return null;
        }
        return isRejection(reply) ? end() : "after a request without its end: " + reply;
    }

    /** An id that was changed may have become one that is encoded. */
    private static String decoded(String text) {
        return ENCODED.matcher(text)
                .replaceAll(
                        found ->
                                Matcher.quoteReplacement(
                                        String.valueOf(
                                                (char) Integer.parseInt(found.group(1), 16))));
    }

    /** Whole answers of requests that are there, in their order. */
    private String vague() throws IOException {
        String text = decoded(new String(input, model.sure, input.length - model.sure, ISO_8859_1));
        int from = 0;
        while (true) {
            // a HEAD among them is told by nothing but the order, so its framing is not known
            if (text.contains("HEAD")) {
                open = false;
                return null;
            }
            Reply reply = reader.next(false);
            if (reply == null) {
                open = false;
                return null;
            }
            String id = reply.header(FuzzRoutes.ID);
            String body = new String(reply.body(), ISO_8859_1);
            if (id.isEmpty() && body.startsWith("now:")) {
                id = body.substring(4);
            }
            if (!id.matches("[A-Za-z0-9_-]*")) {
                continue; // decoded by one, not by the other
            }
            int found = text.indexOf("/" + id, from);
            if (!id.isEmpty() && found < 0) {
                return "of no request that is left: " + reply + " " + body;
            }
            from = id.isEmpty() ? from : found + 1;
        }
    }

    private byte[] input;

    private void write(Input next) {
        input = next.bytes();
        try {
            OutputStream out = socket.getOutputStream();
            if (raw) {
                writeRaw(out, next);
            } else {
                out.write(frame(next));
            }
        } catch (IOException ended) {
            // the server may have closed: what it has answered counts
        }
        begun = true;
    }

    private void writeRaw(OutputStream out, Input next) throws IOException {
        if (!begun) {
            out.write(Cutter.RAW);
        }
        int from = 0;
        for (int cut : next.cuts()) {
            int to = cut & ~Cutter.GOES_ON;
            out.write(input, from, to - from);
            from = to;
        }
        out.write(input, from, input.length - from);
    }

    private byte[] frame(Input next) {
        int[] cuts = next.cuts();
        ByteBuffer frame = ByteBuffer.allocate((begun ? 8 : 9) + 4 * cuts.length + input.length);
        if (!begun) {
            frame.put(Cutter.SCRIPTED);
        }
        frame.putInt(cuts.length).putInt(input.length);
        for (int cut : cuts) {
            frame.putInt(cut);
        }
        return frame.put(input).array();
    }

    private void halfClose() {
        try {
            socket.shutdownOutput();
        } catch (IOException ended) {
            // as above
        }
    }

    private void reset() throws IOException {
        open = false;
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        if (!socket.isClosed()) {
            reset();
        }
    }
}
