package io.fasterapi.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.SplittableRandom;

/** Draws pipelines around the grammar of RFC 9112. Owned by one thread. */
final class RequestGrammar {

    private static final String NL = "\r\n";
    private static final String[] GETS = {
        "now", "now", "now", "now", "made", "fill", "fill", "later", "soon", "fail", "throw",
        "none", "none", "same", "file"
    };
    private static final String[] INTERESTING = {
        "\r", "\n", "\r\n", "\0", " ", "\t", ":", ";", ",", "\u00ff", "0", "a", "\r\n\r\n", "%", "/"
    };
    private static final String[] ODD_FIELDS = {
        "Transfer-Encoding: chunked",
        "Content-Length: 5",
        "Content-Length: 0",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, gzip",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding:\tchunked",
        "Content-Length: 3, 4",
        "Content-Length: 3, 3",
        "Content-Length: +3",
        "Content-Length: -1",
        "Content-Length: 0x3",
        "Content-Length: three",
        "Content-Length: 99999999999999999999",
        "Content-Length:",
        "no colon",
        "X A: 1",
        "X(A): 1",
        ": no name",
        "X-A: 1" + NL + " folded",
        "X-A: 1\0",
        "X-A: 1\r2",
        "X-A: \u00e9",
        "X-A: 1\nX-B: 2",
        "Host: second",
        "Expect: something",
        "Upgrade: foo",
        "Upgrade: h2c" + NL + "Connection: upgrade",
        "X-Long: " + "x".repeat(9000)
    };

    private final SplittableRandom random;
    private int ids;

    RequestGrammar(SplittableRandom random) {
        this.random = random;
    }

    int below(int limit) {
        return random.nextInt(limit);
    }

    boolean percent(int chance) {
        return below(100) < chance;
    }

    private String oneOf(String... values) {
        return values[below(values.length)];
    }

    /** Returns a pipeline, of which something may be wrong. */
    byte[] pipeline(boolean valid, int most, int longestBody) {
        int count = 1 + below(most);
        int odd = !valid && percent(50) ? below(count) : -1;
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < count; i++) {
            all.append(request(i == odd, longestBody, i > 0 || percent(50) ? 2 : 0));
        }
        String text = all.toString();
        for (int i = valid || odd >= 0 ? 0 : 1 + below(2); i > 0; i--) {
            text = mutated(text);
        }
        return text.getBytes(ISO_8859_1);
    }

    /** Returns the last request of a session. */
    byte[] last() {
        return ("GET /inline/now/last HTTP/1.1\r\nHost: test\r\nConnection: close" + NL + NL)
                .getBytes(ISO_8859_1);
    }

    private String request(boolean odd, int longestBody, int emptyLines) {
        String lane = oneOf("inline", "inline", "inline", "inline", "core", "core", "rn", "rn");
        lane = percent(4) ? "virtual" : lane;
        boolean posts = percent(30);
        String name = posts ? "echo" : oneOf(GETS);
        if (posts && percent(15)) {
            name = "ignore";
        } else if (lane.equals("rn") && percent(20)) {
            name = posts ? "pipe" : "stream";
        } else if (!posts && longestBody > 1000 && percent(1)) {
            name = "big";
        }
        String method = posts ? name.equals("echo") ? oneOf("POST", "PUT") : "POST" : "GET";
        if (percent(posts ? 2 : 9)) {
            method = posts ? oneOf("GET", "DELETE", "OPTIONS", "XMETHOD") : "HEAD";
        }
        String target = "/" + lane + "/" + name + "/" + id();
        if (percent(3)) {
            target =
                    oneOf(
                            "/",
                            "/unknown",
                            "/inline/now",
                            target + "/x",
                            "/" + lane + "/no/" + id());
        } else if (name.equals("fill")) {
            target += "?n=" + (percent(95) ? below(60) : below(Math.max(60, longestBody / 4)));
        } else if (percent(6)) {
            target += oneOf("?", "?a=b", "?a=%20b&c", "?q=1&q=2");
        }
        boolean old = percent(2);
        StringBuilder head = new StringBuilder(percent(emptyLines) ? NL : "");
        head.append(method).append(' ').append(target).append(old ? " HTTP/1.0" : " HTTP/1.1");
        head.append(NL);
        fields(head, old, odd);
        return posts || percent(2) ? withBody(head, longestBody, old) : head + NL;
    }

    private String id() {
        return "i" + Integer.toHexString(ids++);
    }

    private void fields(StringBuilder head, boolean old, boolean odd) {
        int count = percent(60) ? below(3) : below(13);
        int host = below(count + 1);
        int wrong = odd ? below(count + 1) : -1;
        for (int i = 0; i <= count; i++) {
            if (i == host) {
                head.append(oneOf("Host", "Host", "host", "HOST", "hOsT")).append(": ");
                head.append(percent(93) ? "test" : oneOf("test:8080", "other", "h" + below(99)));
                head.append(NL);
            } else {
                field(head, i);
            }
            if (i == wrong) {
                head.append(oneOf(ODD_FIELDS)).append(NL);
            }
        }
        if (old ? percent(80) : percent(12)) {
            head.append(oneOf("Connection", "connection")).append(oneOf(": ", ":"));
            head.append(oneOf("keep-alive", "Keep-Alive", "KEEP-ALIVE ", "keep-alive, x"));
            head.append(NL);
        } else if (percent(2)) {
            head.append("Connection: ").append(oneOf("close", "Close", "x, close", "upgrade, x"));
            head.append(NL);
        }
    }

    private void field(StringBuilder head, int number) {
        head.append(oneOf("Accept", "X-", "x.y~", "Cookie", "User-Agent", "Accept-Language", "A"));
        head.append(number).append(':').append(oneOf("", " ", " ", " ", "\t", "   "));
        head.append(oneOf("", "a", "a, b;q=0.5", "\"quoted\"", "a=b; c=d", "x".repeat(below(200))));
        head.append(oneOf("", "", "", " ", "\t")).append(NL);
    }

    private String withBody(StringBuilder head, int longest, boolean old) {
        String body = body(longest);
        if (percent(4)) {
            head.append(oneOf("Expect: 100-continue", "expect: 100-Continue")).append(NL);
        }
        if (old || percent(65)) {
            head.append(oneOf("Content-Length: ", "content-length: ", "CONTENT-LENGTH:"));
            head.append(percent(5) ? "00" : "").append(body.length());
            return head.append(percent(3) ? " " : "").append(NL).append(NL).append(body).toString();
        }
        head.append(oneOf("Transfer-Encoding: chunked", "transfer-encoding: Chunked"));
        head.append(NL).append(NL);
        for (int at = 0; at < body.length(); ) {
            int size =
                    1 + below(percent(50) ? Math.min(body.length() - at, 9) : body.length() - at);
            String hex = Integer.toHexString(size);
            head.append(percent(10) ? "0" : "").append(percent(50) ? hex.toUpperCase() : hex);
            head.append(percent(80) ? "" : oneOf(";a=b", ";a", "; a=\"b\"", ";a=b;c=d")).append(NL);
            head.append(body, at, at + size).append(NL);
            at += size;
        }
        head.append(oneOf("0", "0", "000", "0;last")).append(NL);
        for (int i = percent(10) ? below(4) : 0; i > 0; i--) {
            head.append("X-Trailer")
                    .append(i)
                    .append(": ")
                    .append(oneOf("a", "", "b c"))
                    .append(NL);
        }
        return head.append(NL).toString();
    }

    private String body(int longest) {
        return switch (below(8)) {
            case 0 -> "";
            case 1 -> "GET /inline/now/evil HTTP/1.1" + NL + "Host: test" + NL + NL;
            case 2 -> "0" + NL + NL + "GET /core/now/evil HTTP/1.1" + NL + "Host: test" + NL + NL;
            case 3 -> oneOf("\r\n\r\n", "\n", "\0\0", "\u00ff\u00fe");
            case 4 -> "b".repeat(percent(6) ? below(longest + 1) : below(Math.min(longest, 1200)));
            default -> "b".repeat(below(40));
        };
    }

    private String mutated(String text) {
        int at = below(text.length());
        String before = text.substring(0, at);
        String rest = text.substring(at);
        int some = Math.min(rest.length(), 1 + below(8));
        return switch (below(11)) {
            case 0 -> before + (char) below(256) + rest.substring(1);
            case 1 -> before + oneOf(INTERESTING) + rest.substring(1);
            case 2 -> before + rest.substring(1);
            case 3 -> before + rest.charAt(0) + rest;
            case 4 -> before + oneOf(INTERESTING) + rest;
            case 5 -> before + rest.substring(some);
            case 6 -> before + rest.substring(0, some) + rest;
            case 7 -> before + rest.replaceFirst("\r\n", "\n");
            case 8 -> before + rest.replaceFirst("(?i)(length: ?)[0-9]+", "$1" + below(60));
            case 9 -> before + rest.replaceFirst("\r\n", "\r\n" + oneOf(" ", "\t", "x", "\r\n"));
            default -> before.isEmpty() ? text : before;
        };
    }

    /** Returns places to cut bytes at: none, some, or all. */
    int[] cuts(int length) {
        int how = below(10);
        if (length < 2 || how < 2) {
            return new int[0];
        }
        if (how == 2 && length < 700) {
            return all(length);
        }
        int[] cuts = random.ints(1 + below(8), 1, length).sorted().distinct().toArray();
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] |= percent(12) ? Cutter.GOES_ON : 0;
        }
        return cuts;
    }

    private static int[] all(int length) {
        int[] cuts = new int[length - 1];
        for (int i = 1; i < length; i++) {
            cuts[i - 1] = i;
        }
        return cuts;
    }
}
