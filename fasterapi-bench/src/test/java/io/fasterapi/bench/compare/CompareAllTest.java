package io.fasterapi.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run of {@code compare-all} over two tiny servers by its built-in client, and its report. No
 * figure is judged. Needs Linux, Python 3 and taskset, and is skipped where one is missing.
 */
@Timeout(60)
class CompareAllTest {

    private static final Path SCRIPT = Path.of("compare-all").toAbsolutePath();

    @TempDir private Path out;

    @BeforeAll
    static void needs() {
        for (String tool : List.of("python3", "taskset")) {
            assumeTrue(exists(tool), tool + " is missing");
        }
    }

    @Test
    void measuresEveryTestOnEveryServerAndReports() throws Exception {
        String said = run(0, "first=Hello, World!", "second=Hello, World!");

        JsonNode results = JsonMapper.builder().build().readTree(out.resolve("results.json"));
        for (String test : List.of("plaintext", "json", "echo")) {
            for (String server : List.of("first", "second")) {
                JsonNode runs = results.at("/runs/" + test + "/" + server);
                assertThat(runs.size()).as(test + " on " + server + "\n" + said).isEqualTo(1);
                assertThat(runs.get(0).get("requests").asInt()).isPositive();
                assertThat(runs.get(0).get("not_2xx").asInt()).isZero();
                assertThat(runs.get(0).get("cpu_us").isNumber()).isTrue();
            }
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(out.resolve("cpu-" + test + ".svg").toFile());
        }
        assertThat(results.at("/servers/first/missing").has("path")).isTrue();
        String report = Files.readString(out.resolve("report.md"));
        assertThat(report)
                .contains("### JSON", "![JSON: CPU per request](cpu-json.svg)", "smoke run")
                .contains("path was not measured (not offered)");
        assertThat(Pattern.compile("(?m)^\\| second \\|").matcher(report).results())
                .as("rows in the versions, costs, ratios and three tests")
                .hasSize(6);
    }

    @Test
    void leavesOutAServerThatAnswersSomethingElse() throws Exception {
        run(1, "honest=Hello, World!", "wrong=Hello");

        assertThat(Files.readString(out.resolve("report.md")))
                .contains("- wrong was left out: wrong answer to json: {'message': 'Hello'}")
                .contains("| honest |")
                .doesNotContain("| wrong |");
    }

    /** Runs the script over servers, given by name and message, and returns what it said. */
    private String run(int expectedExit, String... servers) throws Exception {
        String cpu = firstCpu();
        List<String> command = new ArrayList<>(List.of("python3", SCRIPT.toString()));
        command.addAll(List.of("--out", out.toString(), "--short", "--load", "builtin"));
        command.addAll(List.of("--servers", "", "--tests", "plaintext,json,path,echo"));
        command.addAll(List.of("--overload", "0", "--curves", "", "--no-build"));
        command.addAll(List.of("--jdk", System.getProperty("java.home")));
        command.addAll(List.of("--pin", "server=" + cpu + ",load=" + cpu, "--base", "first"));
        for (String server : servers) {
            String[] parts = server.split("=");
            command.add("--server");
            command.add("%s=%s PORT '%s'".formatted(parts[0], java(), parts[1]));
        }
        Path log = out.resolve("said.txt");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(50, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroy();
        }
        String said = Files.readString(log);
        assertThat(process.exitValue()).as(said).isEqualTo(expectedExit);
        return said;
    }

    private static String java() {
        return System.getProperty("java.home")
                + "/bin/java -Xmx32m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "
                + Path.of("target/test-classes").toAbsolutePath()
                + " "
                + TinyServer.class.getName();
    }

    private static String firstCpu() throws IOException {
        String status = Files.readString(Path.of("/proc/self/status"));
        Matcher allowed = Pattern.compile("Cpus_allowed_list:\\s*(\\d+)").matcher(status);
        assertThat(allowed.find()).isTrue();
        return allowed.group(1);
    }

    private static boolean exists(String tool) {
        try {
            return new ProcessBuilder(tool, "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
