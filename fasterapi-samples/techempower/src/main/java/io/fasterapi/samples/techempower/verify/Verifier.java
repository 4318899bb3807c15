package io.fasterapi.samples.techempower.verify;

import static io.fasterapi.samples.techempower.verify.RuleBrokenException.unless;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The rules of the seven tests. One thread. */
public final class Verifier {

    private static final JsonMapper MAPPER = new JsonMapper();

    private static final String JSON_ACCEPT =
            "application/json,text/html;q=0.9,application/xhtml+xml;q=0.9,application/xml;q=0.8,*/*;q=0.7";

    private static final String HTML_ACCEPT =
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private static final String PLAIN_ACCEPT =
            "text/plain,text/html;q=0.9,application/xhtml+xml;q=0.9,application/xml;q=0.8,*/*;q=0.7";

    private static final List<String> JSON =
            List.of("application/json", "application/json;charset=utf-8");

    private static final int ROWS = 10_000;

    private static final Pattern ROW =
            Pattern.compile("<tr><td>(\\d+)</td><td>(.*?)</td></tr>", Pattern.DOTALL);

    private final Client client;

    /** Creates a verifier of the server on a port of this machine. */
    public Verifier(int port) {
        this.client = new Client(port);
    }

    /**
     * Checks a server and says of each rule whether it holds; ends with 1 if one does not.
     *
     * @param arguments the port
     */
    public static void main(String[] arguments) {
        Map<String, String> broken = new Verifier(Integer.parseInt(arguments[0])).broken();
        broken.forEach((rule, why) -> System.out.println("BROKEN " + rule + ": " + why));
        System.out.println(
                broken.isEmpty() ? "all rules hold" : broken.size() + " tests break rules");
        System.exit(broken.isEmpty() ? 0 : 1);
    }

    /** Returns the tests whose rules are broken, each with the first broken one. */
    public Map<String, String> broken() {
        Map<String, Runnable> tests = new LinkedHashMap<>();
        tests.put("json", this::json);
        tests.put("plaintext", this::plaintext);
        tests.put("db", this::db);
        tests.put("queries", () -> counted("/queries?queries="));
        tests.put("updates", () -> counted("/updates?queries="));
        tests.put("cached-queries", () -> counted("/cached-queries?count="));
        tests.put("fortunes", this::fortunes);
        Map<String, String> broken = new LinkedHashMap<>();
        tests.forEach(
                (name, test) -> {
                    try {
                        test.run();
                    } catch (RuntimeException ex) {
                        broken.put(name, String.valueOf(ex.getMessage()));
                    }
                });
        return broken;
    }

    private void json() {
        for (String accept : List.of(JSON_ACCEPT, "", "*/*", JSON_ACCEPT)) {
            String body = client.get("/json", accept, JSON);
            unless(
                    body.equals("{\"message\":\"Hello, World!\"}"),
                    "the body is the message as JSON",
                    body);
        }
    }

    private void plaintext() {
        List<String> types = List.of("text/plain", "text/plain;charset=utf-8");
        for (String accept : List.of(PLAIN_ACCEPT, "", "*/*", PLAIN_ACCEPT)) {
            String body = client.get("/plaintext", accept, types);
            unless(body.equals("Hello, World!"), "the body is Hello, World!", body);
        }
    }

    private void db() {
        Set<Integer> ids = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            ids.add(row(parse(client.get("/db", JSON_ACCEPT, JSON))));
        }
        unless(ids.size() > 1, "the rows are random", ids);
    }

    /** Asks for as many rows as there should be for each kind of parameter. */
    private void counted(String path) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String wrong : List.of("", "foo", "0", "-1", "1.5", "2x", "%20")) {
            counts.put(wrong, 1);
        }
        for (int right : new int[] {1, 2, 5, 20, 500}) {
            counts.put(Integer.toString(right), right);
        }
        for (String large : List.of("501", "99999999999999999999")) {
            counts.put(large, 500);
        }
        counts.forEach((parameter, count) -> rows(path + parameter, count));
        rows(path.substring(0, path.indexOf('?')), 1);
        Set<List<Integer>> drawn = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            drawn.add(rows(path + 20, 20));
        }
        unless(drawn.size() == 3, "the rows are random", drawn);
    }

    /** Returns the ids of the rows of an answer. */
    private List<Integer> rows(String path, int count) {
        JsonNode all = parse(client.get(path, JSON_ACCEPT, JSON));
        unless(all.isArray() && all.size() == count, path + ": " + count + " rows", all.size());
        List<Integer> ids = new ArrayList<>();
        all.forEach(each -> ids.add(row(each)));
        return ids;
    }

    private static int row(JsonNode row) {
        unless(
                row.isObject()
                        && row.size() == 2
                        && isInRange(row.path("id"))
                        && isInRange(row.path("randomNumber")),
                "a row has an id and a randomNumber from 1 to " + ROWS + ", nothing else",
                row);
        return row.path("id").asInt();
    }

    private static boolean isInRange(JsonNode number) {
        return number.isInt() && number.intValue() >= 1 && number.intValue() <= ROWS;
    }

    private static JsonNode parse(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException ex) {
            throw new RuleBrokenException("the body is JSON, but: " + ex.getOriginalMessage());
        }
    }

    private void fortunes() {
        for (String accept : List.of(HTML_ACCEPT, "", "*/*", HTML_ACCEPT)) {
            String page = client.get("/fortunes", accept, List.of("text/html;charset=utf-8"));
            unless(page.startsWith("<!DOCTYPE html>"), "the page has a doctype", page);
            unless(!page.contains("<script>"), "the page has no script element", page);
            List<String> rows = new ArrayList<>();
            Matcher row = ROW.matcher(page);
            while (row.find()) {
                rows.add(row.group(1) + " " + row.group(2));
            }
            unless(rows.equals(FortunePage.ROWS), "the rows are " + FortunePage.ROWS, rows);
        }
    }
}
