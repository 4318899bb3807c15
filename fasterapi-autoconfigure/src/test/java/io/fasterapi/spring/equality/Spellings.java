package io.fasterapi.spring.equality;

import static io.fasterapi.spring.equality.RequestText.FORM;
import static io.fasterapi.spring.equality.RequestText.NL;
import static io.fasterapi.spring.equality.RequestText.head;
import static io.fasterapi.spring.equality.RequestText.request;
import static io.fasterapi.spring.equality.RequestText.withBody;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One path written in every way that a filter, a firewall or a router might read differently, each
 * asked for twice in a row. Stateless.
 */
public final class Spellings {

    private Spellings() {}

    /**
     * Adds a case for each spelling of a path of at least one segment.
     *
     * @param who begins the names of the cases
     * @param headers go into each request, for instance credentials
     */
    public static void addTo(CaseBook book, String who, String path, String... headers) {
        boolean late = headers.length > 0 || LateAnswers.isLate("GET " + path);
        requests(path, headers)
                .forEach(
                        (spelling, request) -> {
                            EqualityCase added = book.add(who + " " + path + ", " + spelling);
                            RepeatedCases.inTurn(added, List.of(request, request), late);
                            if (late) {
                                added.withoutProbe();
                            }
                        });
    }

    /** The requests by the name of their spelling. */
    static Map<String, String> requests(String path, String... headers) {
        Map<String, String> targets = new LinkedHashMap<>();
        slashes(targets, path);
        dots(targets, path);
        encodings(targets, path);
        parameters(targets, path);
        forms(targets, path);
        Map<String, String> requests = new LinkedHashMap<>();
        targets.forEach((name, target) -> requests.put(name, request("GET", target, headers)));
        methods(requests, path, headers);
        overrides(requests, path, headers);
        return requests;
    }

    private static void slashes(Map<String, String> targets, String path) {
        targets.put("as it is", path);
        targets.put("two slashes first", "/" + path);
        targets.put("two slashes last", path + "//");
        targets.put("two slashes within", lastSlash(path, "//"));
        targets.put("slash after", path + "/");
        targets.put("backslash within", lastSlash(path, "\\"));
        targets.put("backslash first", "\\" + path.substring(1));
        targets.put("no slash first", path.substring(1));
    }

    private static void dots(Map<String, String> targets, String path) {
        targets.put("dot first", "/." + path);
        targets.put("dot within", lastSlash(path, "/./"));
        targets.put("dot last", path + "/.");
        targets.put("dots first", "/x/.." + path);
        targets.put("dots within", lastSlash(path, "/x/../"));
        targets.put("dots beyond the root", "/.." + path);
        targets.put("dots encoded", "/x/%2e%2e" + path);
        targets.put("dots half encoded", "/x/.%2E" + path);
        targets.put("dot encoded within", lastSlash(path, "/%2e/"));
        targets.put("dots with parameter", "/x/..;" + path);
        targets.put("dots after an open path", "/plain/.." + path);
        targets.put("trailing dot", path + ".");
        targets.put("extension", path + ".json");
    }

    private static void encodings(Map<String, String> targets, String path) {
        String last = path.substring(path.length() - 1);
        String encoded = String.format("%%%02x", (int) last.charAt(0));
        targets.put("slash encoded", lastSlash(path, "%2F"));
        targets.put("slash encoded, lower case", lastSlash(path, "%2f"));
        targets.put("slash encoded twice", lastSlash(path, "%252F"));
        targets.put("first slash encoded", "/%2f" + path.substring(1));
        targets.put("backslash encoded", lastSlash(path, "%5C"));
        targets.put("last letter encoded", path.substring(0, path.length() - 1) + encoded);
        targets.put("first letter encoded", firstEncoded(path));
        targets.put("all letters encoded", allEncoded(path));
        targets.put("upper case", path.toUpperCase(Locale.ROOT));
        targets.put("first letter in upper case", firstUpper(path));
        targets.put("space last, encoded", path + "%20");
        targets.put("tab last, encoded", path + "%09");
        targets.put("line feed last, encoded", path + "%0a");
        targets.put("NUL last, encoded", path + "%00");
        targets.put("NUL and extension", path + "%00.txt");
        targets.put("NUL last, raw", path + "\0");
        targets.put("slash in overlong UTF-8", lastSlash(path, "%c0%af"));
        targets.put("slash in full width", lastSlash(path, "%ef%bc%8f"));
        targets.put("bad percent", path + "%");
    }

    private static void parameters(Map<String, String> targets, String path) {
        targets.put("parameter", path + ";x");
        targets.put("parameter, empty", path + ";");
        targets.put("matrix variable", path + ";a=1;b=2,3");
        targets.put("session id", path + ";jsessionid=1A2B");
        targets.put("parameter within", lastSlash(path, ";x=y/"));
        targets.put("parameter first", "/;x" + path);
        targets.put("parameter encoded", path + "%3Bx");
        targets.put("query", path + "?x=/plain");
        targets.put("query, empty", path + "?");
        targets.put("query encoded", path + "%3Fx");
        targets.put("fragment", path + "#x");
        targets.put("fragment encoded", path + "%23x");
        targets.put("open path, fragment", "/plain#" + path);
    }

    private static void forms(Map<String, String> targets, String path) {
        targets.put("absolute form", "http://localhost" + path);
        targets.put("absolute form, other host", "http://other.example" + path);
        targets.put("absolute form, upper case", "HTTP://LOCALHOST" + path);
        targets.put("absolute form, user", "http://user:word@localhost" + path);
        targets.put("absolute form, two slashes", "http://localhost/" + path);
    }

    private static void methods(Map<String, String> requests, String path, String[] headers) {
        for (String method : List.of("HEAD", "OPTIONS", "TRACE", "POST", "DELETE", "get", "FOO")) {
            requests.put("method " + method, request(method, path, headers));
        }
        String line = head("GET " + path + " HTTP/1.0", "Host: localhost", headers);
        requests.put("HTTP/1.0", line + "Connection: keep-alive" + NL + NL);
        requests.put("_method in a form", withBody("POST", path, FORM, "_method=GET", headers));
        requests.put("_method in the query", request("POST", path + "?_method=GET", headers));
    }

    private static void overrides(Map<String, String> requests, String path, String[] headers) {
        String[][] added = {
            {"X-HTTP-Method-Override: GET"},
            {"X-Forwarded-Prefix: /open"},
            {"X-Forwarded-Host: localhost", "X-Forwarded-For: 127.0.0.1"},
            {"Forwarded: for=127.0.0.1;host=localhost;proto=https"},
            {"X-Original-URL: /plain"},
            {"X-Rewrite-URL: /plain"},
            {"Origin: https://friend.example"},
            {"Accept: application/json"},
            {"Range: bytes=0-1"},
            {"If-None-Match: *"},
            {"Upgrade: websocket", "Connection: Upgrade"},
        };
        for (String[] more : added) {
            requests.put("with " + more[0], request("GET", path, joined(headers, more)));
        }
        requests.put(
                "POST with an override",
                request("POST", path, joined(headers, new String[] {added[0][0]})));
        requests.put(
                "open path with X-Original-URL",
                request(
                        "GET",
                        "/plain",
                        joined(headers, new String[] {"X-Original-URL: " + path})));
        requests.put(
                "preflight",
                request(
                        "OPTIONS",
                        path,
                        joined(
                                headers,
                                new String[] {
                                    "Origin: https://friend.example",
                                    "Access-Control-Request-Method: GET"
                                })));
    }

    private static String[] joined(String[] headers, String[] more) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static String lastSlash(String path, String replacement) {
        int slash = path.lastIndexOf('/');
        return path.substring(0, slash) + replacement + path.substring(slash + 1);
    }

    private static String firstEncoded(String path) {
        return "/" + String.format("%%%02X", (int) path.charAt(1)) + path.substring(2);
    }

    private static String allEncoded(String path) {
        StringBuilder encoded = new StringBuilder();
        for (char c : path.toCharArray()) {
            encoded.append(c == '/' ? "/" : String.format("%%%02x", (int) c));
        }
        return encoded.toString();
    }

    private static String firstUpper(String path) {
        return "/" + Character.toUpperCase(path.charAt(1)) + path.substring(2);
    }
}
