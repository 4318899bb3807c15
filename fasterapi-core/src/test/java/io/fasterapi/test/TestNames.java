package io.fasterapi.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The ending of a test class names the kind of doubt that the class removes: {@code EqualityTest}
 * compares with stock, {@code ConcurrencyTest} runs threads against each other, {@code ChaosTest}
 * throws faults, {@code RandomTest} compares random inputs with a model, {@code WiringTest} looks
 * at what is in the path. A class with none of these endings shows examples of one class'
 * behaviour. This class finds the tests whose source says one kind and whose name says another.
 */
public final class TestNames {

    /** A sign of a kind in a test's source, and the endings that a test with that sign may have. */
    private record Rule(String sign, Pattern pattern, String... endings) {

        private static Rule of(String sign, String regex, String... endings) {
            return new Rule(sign, Pattern.compile(regex, Pattern.MULTILINE), endings);
        }

        private boolean isBrokenBy(String name, String source) {
            return pattern.matcher(source).find() && Stream.of(endings).noneMatch(name::endsWith);
        }
    }

    private static final String EQUALITY = "EqualityTest";
    private static final String CHAOS = "ChaosTest";
    private static final String RANDOM = "RandomTest";
    private static final String WIRING = "WiringTest";

    private static final List<Rule> RULES =
            List.of(
                    Rule.of(
                            "is in a package of equality",
                            "^package [a-z.]*\\.equality;",
                            EQUALITY,
                            WIRING),
                    Rule.of(
                            "is in a package of failures",
                            "^package [a-z.]*\\.failures;",
                            CHAOS,
                            EQUALITY),
                    Rule.of(
                            "is in a package of what is wired where",
                            "^package [a-z.]*\\.(autoconfigure|aside);",
                            WIRING),
                    Rule.of("reads the module's classes", "target/classes", WIRING),
                    Rule.of(
                            "compares with stock",
                            "extends \\w*Compar(ison|edSettings)\\b",
                            EQUALITY),
                    Rule.of(
                            "starts stock",
                            "\"fasterapi.enabled=false\"",
                            EQUALITY,
                            RANDOM,
                            CHAOS,
                            WIRING),
                    Rule.of(
                            "draws its inputs",
                            "\\bRandomCases\\b|\\bSplittableRandom\\b|\\bRandom random\\b",
                            RANDOM,
                            EQUALITY,
                            CHAOS),
                    Rule.of("throws faults", "\\bnew (Faults|FaultyLoop)\\(|\\bFault\\.", CHAOS),
                    Rule.of(
                            "is named by an old ending",
                            "^class \\w+(Property|Faults|Stress|Fuzz)Test\\b"));

    private static final Pattern MUTATION =
            Pattern.compile(
                    "^file: (?<file>[^/]+)/.*\\n(?:module: (?<module>.+)\\n)?tests: (?<tests>.+)$",
                    Pattern.MULTILINE);

    private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    private TestNames() {}

    /** Returns what is wrong with the names of the module's tests, a line each. */
    public static List<String> violations() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            String name = nameOf(file);
            String source = Files.readString(file);
            for (Rule rule : RULES) {
                if (name.endsWith("Test") && rule.isBrokenBy(name, source)) {
                    found.add(
                            name
                                    + ' '
                                    + rule.sign()
                                    + " (expected: an ending of "
                                    + List.of(rule.endings())
                                    + ')');
                }
            }
        }
        return found;
    }

    /** Returns the tests that the list of mutations names for this module and that do not exist. */
    public static List<String> unknownInMutations() throws IOException {
        List<String> names = sources().stream().map(TestNames::nameOf).toList();
        List<String> unknown = new ArrayList<>();
        for (Path list : files(MODULE.resolveSibling("fasterapi-bench/mutations"), ".txt")) {
            Matcher mutation = MUTATION.matcher(Files.readString(list));
            while (mutation.find()) {
                String module =
                        mutation.group(mutation.group("module") == null ? "file" : "module");
                if (MODULE.endsWith(module)) {
                    Stream.of(mutation.group("tests").split(","))
                            .map(test -> test.replaceFirst("#.*", ""))
                            .filter(test -> !names.contains(test))
                            .forEach(test -> unknown.add(list.getFileName() + ": " + test));
                }
            }
        }
        return unknown;
    }

    private static List<Path> sources() throws IOException {
        return files(MODULE.resolve("src/test/java"), ".java");
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }

    private static String nameOf(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }
}
