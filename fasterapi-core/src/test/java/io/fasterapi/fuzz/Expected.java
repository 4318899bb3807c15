package io.fasterapi.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The answer that a request is due.
 *
 * @param old whether the request's version is HTTP/1.0; the answer's may be, too
 * @param id what the answer repeats; empty if it is a 404
 * @param named whether it is in the header, else the body begins with it
 * @param name of the route
 * @param closing whether the request asks for the end of the connection
 */
record Expected(
        boolean old,
        boolean head,
        int status,
        String id,
        boolean named,
        byte[] body,
        String name,
        boolean closing,
        boolean expects) {

    private static final Pattern TARGET =
            Pattern.compile("/(inline|core|virtual|rn)/([a-z]+)/([A-Za-z0-9_-]+)(?:\\?(.*))?");
    private static final Set<String> GETS =
            Set.of(
                    "now", "made", "fill", "later", "soon", "fail", "throw", "none", "same", "file",
                    "big");
    private static final Set<String> LATE =
            Set.of("later", "soon", "stream", "pipe", "ignore", "file", "big");
    private static final Set<String> STREAMED = Set.of("stream", "pipe", "file", "big");
    private static final Map<String, Integer> STATUSES =
            Map.of("made", 201, "fail", 500, "throw", 500, "none", 204, "same", 304);

    /** Returns the one of a valid request, or null if the model knows none. */
    static Expected of(
            boolean old,
            String method,
            String target,
            byte[] sent,
            boolean closing,
            boolean expects) {
        boolean head = method.equals("HEAD");
        Matcher matcher = TARGET.matcher(target);
        if (!matcher.matches() || !isServed(method, matcher.group(1), matcher.group(2))) {
            return new Expected(old, head, 404, "", false, new byte[0], "", closing, expects);
        }
        String name = matcher.group(2);
        String id = matcher.group(3);
        byte[] body = body(matcher.group(1), name, id, matcher.group(4), sent);
        return body == null
                ? null
                : new Expected(
                        old,
                        head,
                        STATUSES.getOrDefault(name, 200),
                        id,
                        matcher.group(1).equals("rn")
                                || !(name.equals("now") || name.equals("fill")),
                        body,
                        name,
                        closing,
                        expects);
    }

    private static boolean isServed(String method, String lane, String name) {
        boolean get = method.equals("GET") || method.equals("HEAD");
        boolean post = method.equals("POST");
        return switch (name) {
            case "stream" -> method.equals("GET") && lane.equals("rn");
            case "echo" -> post || method.equals("PUT");
            case "ignore" -> post;
            case "pipe" -> post && lane.equals("rn");
            default -> get && GETS.contains(name);
        };
    }

    private static byte[] body(String lane, String name, String id, String query, byte[] sent) {
        return switch (name) {
            case "now" -> ("now:" + id).getBytes(ISO_8859_1);
            case "made", "later", "soon" -> name.getBytes(ISO_8859_1);
            case "file" -> "from a file".getBytes(ISO_8859_1);
            case "big" -> filled(FuzzRoutes.BIG, 'f');
            case "stream" -> ("ab" + id).getBytes(ISO_8859_1);
            case "ignore" -> "ignored".getBytes(ISO_8859_1);
            case "fill" -> {
                if (query != null && !query.matches("n=[0-9]{1,5}")) {
                    yield null;
                }
                int n = query == null ? 0 : Integer.parseInt(query.substring(2));
                byte[] start = (id + ":").getBytes(ISO_8859_1);
                byte[] all = filled(start.length + n, 'x');
                System.arraycopy(start, 0, all, 0, start.length);
                yield all;
            }
            case "echo", "pipe" -> sent;
            default -> new byte[0];
        };
    }

    private static byte[] filled(int length, char with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    /** Returns whether the answer may come in a later task of the event loop. */
    boolean late() {
        return LATE.contains(name);
    }

    /** Returns whether its head may leave before its end is known. */
    boolean streamed() {
        return STREAMED.contains(name);
    }

    /** Returns what is wrong with an answer, or null. */
    String objection(Reply reply) {
        if (reply.status() != status) {
            return "status " + reply.status() + " (expected: " + status + ")";
        }
        if (reply.old() && !old) {
            return "another version";
        }
        String its = reply.header(FuzzRoutes.ID);
        if (!its.equals(id) && !(its.isEmpty() && !named)) {
            return "of " + its + " (expected: of " + id + ")";
        }
        if (reply.continued() > (expects ? 1 : 0)) {
            return reply.continued() + " times 100";
        }
        if (head) {
            String length = reply.header("content-length");
            boolean right = length.isEmpty() || length.equals(String.valueOf(body.length));
            return right ? null : "length of a HEAD: " + length;
        }
        if (status != 204 && status != 304 && !Arrays.equals(reply.body(), body)) {
            return "another body of " + reply.body().length + " (expected: " + body.length + ")";
        }
        return null;
    }

    @Override
    public String toString() {
        return status
                + " "
                + id
                + (head ? " HEAD" : "")
                + " body "
                + body.length
                + (late() ? " late" : "")
                + (closing ? " closing" : "")
                + (expects ? " expects" : "");
    }
}
