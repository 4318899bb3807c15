package io.fasterapi.spring.equality;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fasterapi.spring.equality.EqualityCase.Await;
import io.fasterapi.spring.equality.EqualityCase.HalfClose;
import io.fasterapi.spring.equality.EqualityCase.Reconnect;
import io.fasterapi.spring.equality.EqualityCase.Send;
import io.fasterapi.spring.equality.EqualityCase.Step;
import io.fasterapi.spring.equality.Recording.State;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Plays one case on sockets of its own and records what comes back. The last thing sent is a probe:
 * if it is answered, the connection was open and nothing more was to come; else its end is read. So
 * no time has to pass before "nothing more came" is known. Runs on the caller's thread.
 */
final class RawExchange {

    static final String PROBE = RequestText.get("/probe");

    private static final int TIMEOUT_MILLIS = 60_000;
    private static final Pattern SESSION = Pattern.compile("SESSION=([^;]*)");

    private final EqualityCase played;
    private final int port;
    private Socket socket;
    private ResponseReader reader;
    private final List<Response> responses = new ArrayList<>();
    private String session = "none";
    private int finals;
    private State state = State.OPEN;

    private RawExchange(EqualityCase played, int port) throws IOException {
        this.played = played;
        this.port = port;
        this.socket = connect(port);
        this.reader = reader(socket);
    }

    static Recording play(EqualityCase played, int port) throws IOException {
        RawExchange exchange = new RawExchange(played, port);
        try {
            exchange.play();
        } finally {
            exchange.socket.close();
        }
        List<Response> normalised = exchange.responses.stream().map(RandomValues::replace).toList();
        return new Recording(normalised, exchange.state);
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    private static ResponseReader reader(Socket socket) throws IOException {
        return new ResponseReader(new BufferedInputStream(socket.getInputStream(), 16384));
    }

    private void play() throws IOException {
        for (Step step : played.steps()) {
            if (step instanceof Send send) {
                send(withSession(send.text()));
            } else if (step instanceof Await await) {
                readUntil(await.responses());
            } else if (step instanceof Reconnect && state == State.OPEN) {
                reconnect();
            } else if (step instanceof HalfClose) {
                halfClose();
            }
        }
        readUntil(played.expected());
        if (played.isHalfClosed()) {
            readUntil(Integer.MAX_VALUE);
        } else if (state == State.OPEN && played.isProbed()) {
            send(PROBE);
            readUntilProbed();
        } else if (state == State.OPEN) {
            state = State.LEFT;
        }
    }

    private void readUntilProbed() {
        while (state == State.OPEN) {
            read();
            if (state == State.OPEN && last().header("X-Probe").isPresent()) {
                return;
            }
        }
    }

    private void readUntil(int count) {
        while (state == State.OPEN && responses.size() < count) {
            read();
        }
    }

    private void read() {
        Response response = reader.next(played.isHead(finals));
        if (response == null) {
            state = reader.isSilent() ? State.SILENT : State.CLOSED;
            return;
        }
        responses.add(response);
        Matcher matcher = SESSION.matcher(response.header("Set-Cookie").orElse(""));
        session = matcher.find() ? matcher.group(1) : session;
        if (!response.isInformational()) {
            finals++;
        }
        if (reader.isSilent()) {
            state = State.SILENT;
        } else if (!response.complete()) {
            state = State.ABORTED;
        } else if (response.framing().equals("until-close")) {
            state = State.CLOSED;
        }
    }

    private Response last() {
        return responses.get(responses.size() - 1);
    }

    /**
     * A server may close before all was sent: what it answered counts, not that the write fails.
     */
    private void send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        } catch (IOException e) {
            // The end is seen by the reader.
        }
    }

    private void reconnect() throws IOException {
        socket.close();
        socket = connect(port);
        reader = reader(socket);
    }

    private void halfClose() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // As above.
        }
    }

    private String withSession(String text) {
        if (!text.contains("{session}")) {
            return text;
        }
        return text.replace("{session}", session);
    }
}
