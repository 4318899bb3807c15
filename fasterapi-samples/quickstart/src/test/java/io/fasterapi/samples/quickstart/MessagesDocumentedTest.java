package io.fasterapi.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fasterapi.spring.webflux.route.LaneRestriction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every log line, every message of an exception and every reason of a lane is in
 * docs/troubleshooting.md. Read from the sources: the literals of each call that logs, and of each
 * exception that is made, have to be in the page. A value in a message divides it.
 */
class MessagesDocumentedTest {

    private static final Pattern CALL =
            Pattern.compile(
                    "(?:\\b(?:LOGGER|logger|log|SafeLog)\\s*\\.\\s*|\\)\\s*\\.\\s*)"
                            + "(?<logged>(?:info|warn|error|debug|log)\\()"
                            + "|(?<![.\\w])(?:logError|log|refused|refuse|misuse|customised)\\("
                            + "|\\bnew \\w+(?:Exception|Error)\\(");

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"");

    /** A comment, or a literal, which may have the signs of one. */
    private static final Pattern COMMENT =
            Pattern.compile(
                    "(\"(?:[^\"\\\\\n]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)+')|(?s:/\\*.*?\\*/)|//[^\n]*");

    /** Calls that log what they are given, or what is made elsewhere: their text, if any. */
    private static final Map<String, List<String>> MADE_ELSEWHERE =
            Map.of(
                    "SafeLog.java", List.of(),
                    "LaterLog.java", List.of(),
                    "EarlyAccessLog.java", List.of(),
                    "UnsignalledErrors.java", List.of(),
                    "BatchLane.java", List.of(),
                    "HandlerCore.java", List.of(),
                    "Watchdog.java", List.of(),
                    "StallLog.java",
                            List.of(
                                    ": held by",
                                    "ms so far",
                                    "; every connection of this event loop waits.",
                                    "; every request in the ring of this core waits."),
                    "BatchRun.java",
                            List.of(
                                    "items (expected: one for each, in the same order);"
                                            + " the batch fails"));

    /** Says of each property what is allowed: docs/configuration.md shows how. */
    private static final Set<String> ACTIONS =
            Set.of("PropertyChecks.java", "FasterApiProperties.java");

    @Test
    void everyMessageIsInTroubleshooting() throws IOException {
        String page = page();
        List<String> missing = new ArrayList<>();
        for (Path file : sources()) {
            String name = file.getFileName().toString();
            String source = withoutComments(Files.readString(file));
            Matcher call = CALL.matcher(source);
            while (call.find()) {
                List<String> texts = texts(arguments(source, call.end() - 1));
                if (texts.isEmpty() && call.group("logged") != null) {
                    texts = MADE_ELSEWHERE.get(name);
                    if (texts == null) {
                        missing.add(name + " logs something that this test cannot read: " + call);
                        continue;
                    }
                }
                if (!ACTIONS.contains(name)) {
                    texts.stream()
                            .filter(text -> !page.contains(text))
                            .forEach(text -> missing.add(name + ": " + text));
                }
            }
        }
        assertThat(missing).as("not in docs/troubleshooting.md").isEmpty();
    }

    @Test
    void everyReasonOfALaneIsInTroubleshooting() throws IOException {
        String page = page();
        assertThat(LaneRestriction.Reason.values())
                .allSatisfy(reason -> assertThat(page).contains(reason.text("").strip()));
    }

    /** The whole sentence of a refused property is in the page for them. */
    @Test
    void bothKindsOfRefusedPropertiesAreInConfiguration() throws IOException {
        assertThat(Files.readString(Documentation.ROOT.resolve("docs/configuration.md")))
                .contains("' is unknown. It is set by ", "', which is not allowed.");
    }

    private static String page() throws IOException {
        return Files.readString(Documentation.ROOT.resolve("docs/troubleshooting.md"))
                .replaceAll("\\s+", " ");
    }

    private static List<Path> sources() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String module : List.of("fasterapi-core", "fasterapi-autoconfigure")) {
            Path folder = Documentation.ROOT.resolve(module).resolve("src/main/java");
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(each -> each.toString().endsWith(".java")).sorted().forEach(all::add);
            }
        }
        assertThat(all).hasSizeGreaterThan(200);
        return all;
    }

    private static String withoutComments(String source) {
        return COMMENT.matcher(source)
                .replaceAll(found -> found.group(1) == null ? "" : "$1"); // literals stay
    }

    /** Returns what stands between a parenthesis and the one that closes it. */
    private static String arguments(String source, int open) {
        int depth = 0;
        boolean quoted = false;
        for (int i = open; i < source.length(); i++) {
            char c = source.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '\'' && source.charAt(i + 2) == '\'') {
                i += 2;
            } else if (c == '"') {
                quoted = true;
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return source.substring(open + 1, i);
            }
        }
        throw new AssertionError("no end of " + source.substring(open));
    }

    /** Returns the longest piece of each text, where literals that are added are one. */
    private static List<String> texts(String arguments) {
        List<String> texts = new ArrayList<>();
        Matcher literal = LITERAL.matcher(arguments);
        int end = -1;
        while (literal.find()) {
            int last = texts.size() - 1;
            boolean more =
                    end >= 0 && arguments.substring(end, literal.start()).strip().equals("+");
            if (more) {
                texts.set(last, texts.get(last) + literal.group(1));
            } else {
                texts.add(literal.group(1));
            }
            end = literal.end();
        }
        return texts.stream()
                .map(MessagesDocumentedTest::piece)
                .filter(p -> p.length() > 3)
                .toList();
    }

    private static String piece(String text) {
        return Stream.of(text.replace("\\\"", "\"").split("%[sdn]|\\\\[nt]"))
                .max(Comparator.comparingInt(String::length))
                .orElse("")
                .strip();
    }
}
