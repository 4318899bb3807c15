package io.fasterapi.fuzz;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/** The inputs of one number, on as many connections as they need. Owned by one thread. */
final class FuzzSession {

    /*
     * A connection is kept as long as its inputs leave it open; then a last request ends it, so an
     * answer too many is seen. A sweep is one short pipeline, cut at each of its bytes in turn.
     */
    static final int PATIENCE_MILLIS = 20_000;

    private static final int INPUTS = 12;
    private static final int LONGEST_SWEEP = 600;

    private final long seed;
    private final long number;
    private final FuzzServer server;
    private final LongAdder played;
    private final RequestGrammar grammar;
    private final boolean raw;
    private FuzzClient client;
    private Input previous;

    FuzzSession(long seed, long number, FuzzServer server, LongAdder played) {
        this.seed = seed;
        this.number = number;
        this.server = server;
        this.played = played;
        this.grammar =
                new RequestGrammar(new SplittableRandom(seed ^ (number + 1) * 0x9E3779B97F4A7C15L));
        this.raw = grammar.percent(8);
    }

    void run() throws IOException {
        try {
            if (!raw && grammar.percent(4)) {
                sweep();
            } else {
                series();
            }
            if (client != null && client.isOpen()) {
                play(new Input(grammar.last(), new int[0], Input.Leave.STAYS));
            }
        } finally {
            if (client != null) {
                client.close();
            }
        }
    }

    private void sweep() throws IOException {
        byte[] pipeline = grammar.pipeline(grammar.percent(60), 3, 60);
        for (int cut = 1; cut < Math.min(pipeline.length, LONGEST_SWEEP); cut++) {
            play(new Input(pipeline, new int[] {cut}, Input.Leave.STAYS));
        }
    }

    private void series() throws IOException {
        int count = 1 + grammar.below(INPUTS);
        for (int i = 0; i < count; i++) {
            int longest = grammar.percent(2) ? FuzzServer.MOST_BODY_BYTES : 2_000;
            byte[] pipeline = grammar.pipeline(grammar.percent(80), 12, longest);
            play(new Input(pipeline, grammar.cuts(pipeline.length), leave()));
        }
    }

    /** The end of the input must come behind all of it, so the kernel's reads bring it. */
    private Input.Leave leave() {
        if (raw && grammar.percent(25)) {
            return grammar.percent(50) ? Input.Leave.HALF_CLOSES : Input.Leave.RESETS;
        }
        return Input.Leave.STAYS;
    }

    private void play(Input input) throws IOException {
        if (client == null || !client.isOpen()) {
            if (client != null) {
                client.close();
            }
            int host = 1 + (int) (number % 200);
            previous = null;
            client = new FuzzClient(server.port(), host, raw, PATIENCE_MILLIS);
        }
        String wrong = client.play(input);
        played.increment();
        if (wrong != null) {
            throw new AssertionError(
                    new FuzzReport(server, input, raw)
                            .of(
                                    wrong,
                                    client,
                                    "-Dfuzz.seed="
                                            + seed
                                            + " -Dfuzz.session="
                                            + number
                                            + ", before on the connection: "
                                            + previous));
        }
        client.transcript();
        previous = input;
    }
}
