package io.fasterapi.samples.onemillion.load;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What to send and where.
 *
 * @param port of the server, on this machine
 * @param requests how many, in all
 * @param connections each with one request at a time
 * @param threads of the client
 * @param pid the server's process, to read its CPU time; 0 if that is not wanted
 * @param bar whether to draw a progress bar
 */
record LoadOptions(int port, int requests, int connections, int threads, long pid, boolean bar) {

    private static final List<String> NAMES =
            List.of("port", "requests", "connections", "threads", "pid", "bar");

    static LoadOptions parse(String[] arguments) {
        Map<String, Long> given = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            String name =
                    argument.startsWith("--") && equals > 2 ? argument.substring(2, equals) : "";
            if (!NAMES.contains(name) || !argument.substring(equals + 1).matches("\\d{1,9}")) {
                throw new IllegalArgumentException(
                        "argument: "
                                + argument
                                + " (expected: --NAME=NUMBER, NAME of "
                                + NAMES
                                + ")");
            }
            given.put(name, Long.parseLong(argument.substring(equals + 1)));
        }
        return new LoadOptions(
                given.getOrDefault("port", 8080L).intValue(),
                given.getOrDefault("requests", 1_000_000L).intValue(),
                given.getOrDefault("connections", 1_000L).intValue(),
                given.getOrDefault("threads", 1L).intValue(),
                given.getOrDefault("pid", 0L),
                given.getOrDefault("bar", 0L) != 0);
    }
}
