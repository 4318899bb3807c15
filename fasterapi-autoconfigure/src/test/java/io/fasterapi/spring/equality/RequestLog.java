package io.fasterapi.spring.equality;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.fasterapi.spring.testing.CapturedLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What one server logs of each of many requests. Each request carries a number in its query, which
 * the first line of its log shows together with the id that all its lines have. Built by one
 * thread, with no other server asked meanwhile; then only read.
 */
final class RequestLog {

    /** Properties with which Spring logs requests; the console is spared. */
    static final String[] SETTINGS = {
        "logging.level.web=debug",
        "logging.level.org.springframework.web.HttpLogging=debug",
        "logging.level.org.springframework.web.server.adapter=debug",
        "logging.level.org.springframework.web.reactive=debug",
        "logging.threshold.console=off"
    };

    private static final Pattern TARGET = Pattern.compile("^(\\S+ )(\\S+)");
    private static final Pattern ID = Pattern.compile("\\[([0-9a-f]{8}-\\d+)");
    private static final Pattern NUMBER = Pattern.compile(" HTTP \\S+ \".*[?&]log=(\\d+)\"");
    private static final String LAST = " Completed ";

    private final Map<String, List<String>> linesById = new HashMap<>();
    private final Map<Integer, String> idOf = new HashMap<>();

    private RequestLog(List<String> lines) {
        for (String line : lines) {
            Matcher id = ID.matcher(line);
            if (id.find()) {
                linesById
                        .computeIfAbsent(id.group(1), absent -> new ArrayList<>())
                        .add(withoutRandom(line));
                Matcher number = NUMBER.matcher(line);
                if (number.find()) {
                    idOf.put(Integer.parseInt(number.group(1)), id.group(1));
                }
            }
        }
    }

    /** Plays all requests, one after the other, each on a connection of its own. */
    static RequestLog of(Server server, List<String> requests) {
        try (CapturedLog log = new CapturedLog("org.springframework.")) {
            for (int i = 0; i < requests.size(); i++) {
                server.answers(
                        EqualityCase.named("log " + i)
                                .requests(numbered(requests.get(i), i))
                                .withoutProbe());
            }
            awaitEnds(log, requests.size());
            return new RequestLog(log.lines());
        }
    }

    private static String numbered(String request, int number) {
        Matcher matcher = TARGET.matcher(request);
        if (!matcher.find()) {
            throw new IllegalArgumentException("request: " + request + " (expected: a target)");
        }
        String target = matcher.group(2);
        String joined = target + (target.contains("?") ? "&" : "?") + "log=" + number;
        return matcher.group(1) + joined + request.substring(matcher.end());
    }

    /** The last line of a request comes after its answer; those that never come show as missing. */
    private static void awaitEnds(CapturedLog log, int requests) {
        try {
            await().atMost(20, SECONDS)
                    .until(
                            () ->
                                    log.lines().stream().filter(line -> line.contains(LAST)).count()
                                            >= requests);
        } catch (ConditionTimeoutException ex) {
            // Compared with stock's lines, one request at a time.
        }
    }

    private static String withoutRandom(String line) {
        return ID.matcher(line)
                .replaceAll("[ID")
                .replaceAll("timestamp=[^,]*", "timestamp=TIME")
                .replaceAll("requestId=[-0-9a-f]*", "requestId=ID")
                .replaceAll("@[0-9a-f]{4,}", "@HASH")
                .replaceAll("\\$\\$Lambda[^\\s\\]]*", "LAMBDA");
    }

    /** The lines of one request, without what differs from run to run; sorted. */
    List<String> lines(int number) {
        String id = idOf.get(number);
        return id == null ? List.of() : linesById.get(id).stream().sorted().toList();
    }
}
