package io.fasterapi.bench.openloop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The command line. Immutable.
 *
 * @param plan what to run
 * @param json file to write the result to, as JSON
 */
record Arguments(Plan plan, @Nullable Path json) {

    private static final Pattern STREAM = Pattern.compile("([^=]+)=([\\d.]+)/s:(/.*)");
    private static final Pattern BODY = Pattern.compile("([^=]+)=(.+)");
    private static final Pattern DURATION = Pattern.compile("([\\d.]+)(ms|s)");

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException if it is wrong; the message says what was expected
     * @throws IOException if a body cannot be read
     */
    static Arguments parse(String... words) throws IOException {
        Map<String, String> options = new HashMap<>();
        List<String> streams = new ArrayList<>();
        Map<String, byte[]> bodies = new HashMap<>();
        Deque<String> rest = new ArrayDeque<>(List.of(words));
        while (!rest.isEmpty()) {
            String name = rest.remove();
            String value = rest.poll();
            if (value == null) {
                throw new IllegalArgumentException(name + ": no value (expected: one)");
            }
            switch (name) {
                case "--stream" -> streams.add(value);
                case "--body" -> {
                    Matcher body = match(BODY, name, value, "NAME=FILE");
                    bodies.put(body.group(1), Files.readAllBytes(Path.of(body.group(2))));
                }
                case "--port", "--seconds", "--warm", "--connections", "--queue" ->
                        options.put(name, value);
                case "--timeout", "--threads", "--json" -> options.put(name, value);
                default -> throw new IllegalArgumentException(name + " (expected: an option)");
            }
        }
        String json = options.get("--json");
        return new Arguments(
                plan(options, streams(streams, bodies)), json == null ? null : Path.of(json));
    }

    private static Plan plan(Map<String, String> options, List<RequestStream> streams) {
        Limits limits =
                new Limits(
                        (int) number(options, "--connections", "1000"),
                        (int) number(options, "--queue", "100000"),
                        nanos(options.getOrDefault("--timeout", "10s")));
        return new Plan(
                (int) number(options, "--port", "8080"),
                (int) number(options, "--threads", "1"),
                number(options, "--warm", "5"),
                number(options, "--seconds", "30"),
                limits,
                streams);
    }

    private static List<RequestStream> streams(List<String> texts, Map<String, byte[]> bodies) {
        List<RequestStream> streams = new ArrayList<>();
        for (String text : texts) {
            Matcher found = match(STREAM, "--stream", text, "NAME=RATE/s:PATH");
            String name = found.group(1);
            double rate = number("--stream", found.group(2));
            streams.add(new RequestStream(name, rate, found.group(3), bodies.remove(name)));
        }
        if (!bodies.isEmpty()) {
            throw new IllegalArgumentException(
                    "--body: " + bodies.keySet() + " (expected: names of streams)");
        }
        return streams;
    }

    private static Matcher match(Pattern pattern, String name, String value, String expected) {
        Matcher matcher = pattern.matcher(value);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    name + ": " + value + " (expected: " + expected + ")");
        }
        return matcher;
    }

    private static long nanos(String duration) {
        Matcher found = match(DURATION, "--timeout", duration, "for example 10s or 500ms");
        double unit = found.group(2).equals("s") ? 1e9 : 1e6;
        return (long) (number("--timeout", found.group(1)) * unit);
    }

    private static double number(Map<String, String> options, String name, String otherwise) {
        return number(name, options.getOrDefault(name, otherwise));
    }

    private static double number(String name, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: a number)", e);
        }
    }
}
