package io.fasterapi.fuzz;

import java.io.IOException;
import java.util.Arrays;

/** What is printed of an input whose answers are wrong. Owned by one thread. */
final class FuzzReport {

    private static final int PATIENCE_MILLIS = 1_000;
    private static final int TRIES = 150;

    private final FuzzServer server;
    private final Input input;
    private final boolean raw;
    private String kind = "";

    FuzzReport(FuzzServer server, Input input, boolean raw) {
        this.server = server;
        this.input = input;
        this.raw = raw;
    }

    /** Returns the whole report. */
    String of(String wrong, FuzzClient client, String replay) throws IOException {
        kind = kind(wrong);
        StringBuilder report = new StringBuilder(server + ": " + wrong + "\nreplay: " + replay);
        report.append("\ninput: ").append(input).append(raw ? " (raw)" : "");
        report.append("\nowed: ").append(owed(client.model));
        report.append("\ncame: ").append(Input.escaped(client.transcript()));
        report.append("\nalone on a connection: ").append(played(server, input));
        try (FuzzServer stock = new FuzzServer(false, server.routes)) {
            report.append("\nReactor Netty alone: ").append(played(stock, input));
        }
        Input shorter = shortened();
        if (shorter != input) {
            report.append("\nshortened: ").append(shorter);
            report.append("\nowed: ").append(owed(new PipelineModel(shorter.bytes())));
            report.append("\ncame: ").append(played(server, shorter));
            try (FuzzServer stock = new FuzzServer(false, server.routes)) {
                report.append("\nReactor Netty alone: ").append(played(stock, shorter));
            }
        }
        return report.toString();
    }

    private static String owed(PipelineModel model) {
        return model.answers + " then " + model.end + " " + model.tail;
    }

    private String played(FuzzServer by, Input what) throws IOException {
        try (FuzzClient client = new FuzzClient(by.port(), 1, raw, PATIENCE_MILLIS)) {
            String wrong = client.play(what);
            String verdict = wrong == null ? "right" : wrong;
            return verdict + "\n  " + Input.escaped(client.transcript());
        }
    }

    private boolean fails(Input what) throws IOException {
        try (FuzzClient client = new FuzzClient(server.port(), 1, raw, PATIENCE_MILLIS)) {
            String wrong = client.play(what);
            return wrong != null && kind(wrong).equals(kind);
        }
    }

    private static String kind(String wrong) {
        return wrong.replaceAll("answer [0-9]+", "answer").replaceAll("[0-9{].*", "");
    }

    /** Returns a part of the input that fails, too. */
    private Input shortened() throws IOException {
        if (!fails(input)) {
            return input;
        }
        Input least = input;
        int tries = 0;
        for (int size = input.bytes().length / 2; size > 0; size /= 2) {
            for (int at = 0; at + size <= least.bytes().length && tries < TRIES; tries++) {
                Input next = without(least, at, size);
                if (fails(next)) {
                    least = next;
                } else {
                    at += size;
                }
            }
        }
        return least;
    }

    private static Input without(Input from, int at, int size) {
        byte[] bytes = new byte[from.bytes().length - size];
        System.arraycopy(from.bytes(), 0, bytes, 0, at);
        System.arraycopy(from.bytes(), at + size, bytes, at, bytes.length - at);
        int[] cuts =
                Arrays.stream(from.cuts())
                        .map(
                                cut -> {
                                    int place = cut & ~Cutter.GOES_ON;
                                    int moved = place <= at ? place : Math.max(at, place - size);
                                    return moved | cut & Cutter.GOES_ON;
                                })
                        .filter(cut -> (cut & ~Cutter.GOES_ON) > 0)
                        .filter(cut -> (cut & ~Cutter.GOES_ON) < bytes.length)
                        .distinct()
                        .toArray();
        return new Input(bytes, cuts, from.leave());
    }
}
